import { Copy, Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { secretsAsCsv, secretsAsEnv, secretsAsJson, type MadeToken } from '../inventory/secretFiles'
import '../messages/across'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { copyKeys, copyText, downloadText } from '../ui/clipboard'
import { TextInput } from '../ui/Field'
import { Notice } from '../ui/Notice'

type SecretsOnceProps = {
  made: readonly MadeToken[]
  words: SecretsWords
}

/** What it says of itself, and how it calls one of them. */
export type SecretsWords = {
  title: string
  text: string
  /** The two lines that tell one from the others. */
  linesOf: (one: MadeToken) => readonly [string, string]
  secretOf: (one: MadeToken) => string
  copyOf: (one: MadeToken) => string
  copied: (one: MadeToken) => string
}

/** The one-time screen of several tokens: the only place where these secrets are ever shown. */
export function SecretsOnce({ made, words }: SecretsOnceProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => heading.current?.focus(), [])
  const name = made[0]?.name ?? 'tokens'

  async function copy(one: MadeToken, field: HTMLInputElement | null) {
    const isCopied = await copyText(one.secret)
    if (!isCopied) field?.select()
    setSaid(isCopied ? words.copied(one) : t('onMany.copyByHand', { keys: copyKeys() }))
  }

  return (
    <>
      <h2 ref={heading} tabIndex={-1} className="text-xl font-bold">
        {words.title}
      </h2>
      <p className="wrap-anywhere">{words.text}</p>
      <Notice tone="warn" title={t('onMany.only')}>
        <p>{t('onMany.onlyText')}</p>
      </Notice>
      <div role="group" aria-label={t('onMany.download')} className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Download aria-hidden className="size-4 text-muted" />
        <span className="font-medium">{t('onMany.download')}</span>
        <Button size="small" onClick={() => downloadText(`${name}.csv`, secretsAsCsv(made))}>
          {t('onMany.csv')}
        </Button>
        <Button size="small" onClick={() => downloadText(`${name}.json`, secretsAsJson(made))}>
          {t('onMany.json')}
        </Button>
        <Button size="small" onClick={() => downloadText(`${name}.env`, secretsAsEnv(made))}>
          {t('onMany.env')}
        </Button>
      </div>
      <p role="status" className="text-sm font-medium empty:hidden">
        {said}
      </p>
      <ul className="max-h-[32rem] divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {made.map((one) => (
          <SecretRow
            key={`${one.server}/${one.user}/${one.name}`}
            one={one}
            words={words}
            onCopy={(field) => void copy(one, field)}
          />
        ))}
      </ul>
    </>
  )
}

type SecretRowProps = { one: MadeToken; words: SecretsWords; onCopy: (field: HTMLInputElement | null) => void }

function SecretRow({ one, words, onCopy }: SecretRowProps) {
  const [first, second] = words.linesOf(one)
  const field = useRef<HTMLInputElement>(null)
  return (
    <li className="grid items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_auto]">
      <span className="min-w-0">
        <bdi className="block truncate font-mono text-sm font-semibold">{first}</bdi>
        <span className="block truncate text-sm text-muted">{second}</span>
      </span>
      <TextInput
        ref={field}
        aria-label={words.secretOf(one)}
        readOnly
        autoComplete="off"
        value={one.secret}
        onFocus={(event) => event.currentTarget.select()}
        className="bg-sunken font-mono text-sm"
      />
      <Button size="small" aria-label={words.copyOf(one)} onClick={() => onCopy(field.current)}>
        <Copy aria-hidden className="size-4" />
        {t('onMany.copy')}
      </Button>
    </li>
  )
}
