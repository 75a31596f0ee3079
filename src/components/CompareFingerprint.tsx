import { CircleCheck, CircleX, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../messages/catalogue'
import { compareFingerprints } from '../session/servers'
import { Button } from '../ui/Button'
import { copyKeys, copyText } from '../ui/clipboard'
import { Field, TextInput } from '../ui/Field'

type CompareFingerprintProps = {
  /** The one that the connection showed. */
  shown: string
  port: string
  pasted: string
  onPasted: (text: string) => void
}

/** How to see the fingerprint on the server itself, and a place to have the two compared: nobody compares 64 digits well. */
export function CompareFingerprint({ shown, port, pasted, onPasted }: CompareFingerprintProps) {
  const [said, setSaid] = useState<string | null>(null)
  const command = commandFor(port)
  const comparison = compareFingerprints(pasted, shown)

  async function copy() {
    const isCopied = await copyText(command)
    setSaid(isCopied ? t('addServer.copied') : t('addServer.notCopied', { keys: copyKeys() }))
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <div>
          <p id="fingerprint-command" className="font-medium">
            {t('addServer.command')}
          </p>
          <p className="text-sm text-muted">{t('addServer.commandHint')}</p>
        </div>
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by key
          tabIndex={0}
          role="region"
          aria-labelledby="fingerprint-command"
          className="overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap"
        >
          {command}
        </pre>
        <div className="flex flex-wrap items-center gap-3">
          <Button size="small" onClick={() => void copy()}>
            <Copy aria-hidden className="size-4" />
            {t('addServer.copyCommand')}
          </Button>
          <span role="status" className="text-sm">
            {said}
          </span>
        </div>
      </div>
      <Field label={t('addServer.pasted')} hint={t('addServer.pastedHint')}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            className="font-mono text-sm"
            value={pasted}
            onChange={(event) => onPasted(event.target.value)}
          />
        )}
      </Field>
      <div role="status" className="empty:hidden">
        {comparison === 'same' && (
          <p className="flex gap-2 font-medium text-ok">
            <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
            {t('addServer.same')}
          </p>
        )}
        {comparison === 'different' && (
          <p className="flex gap-2 font-medium text-danger">
            <CircleX aria-hidden className="mt-0.5 size-5 shrink-0" />
            {t('addServer.different')}
          </p>
        )}
      </div>
    </div>
  )
}

/** The README has the same. */
function commandFor(port: string): string {
  return `openssl s_client -connect localhost:${port} </dev/null 2>/dev/null |
  openssl x509 -noout -fingerprint -sha256`
}
