import { Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { RadioGroup } from '../ui/Choice'
import { copyText } from '../ui/clipboard'
import { LANGUAGES, authorization, example, type Language } from './examples'
import type { Usage } from './useUsage'

/** Ready-made calls with the real server, user and token, since the header's form is what people get wrong. */
export function HowToUse({ usage, secret }: { usage: Usage; secret: string }) {
  const [language, setLanguage] = useState<Language>('curl')
  const [said, setSaid] = useState<string | null>(null)
  const code = example(language, usage, secret)

  async function copy() {
    setSaid((await copyText(code)) ? t('secret.exampleCopied') : t('secret.exampleNotCopied'))
  }

  return (
    <section aria-labelledby="how-to-use" className="flex flex-col gap-3 rounded-lg border border-line p-4">
      <h4 id="how-to-use" className="font-semibold">
        {t('secret.use')}
      </h4>
      <p className="text-sm">{t('secret.useHeader')}</p>
      <Code label={t('secret.header')}>{`Authorization: ${authorization(usage, secret)}`}</Code>
      <RadioGroup
        isInline
        label={t('secret.useLanguage')}
        value={language}
        options={LANGUAGES.map((one) => ({ value: one, label: one }))}
        onChange={(chosen) => {
          setLanguage(chosen)
          setSaid(null)
        }}
      />
      <Code label={`${t('secret.useLanguage')} ${language}`}>{code}</Code>
      <div className="flex flex-wrap items-center gap-3">
        <Button size="small" onClick={() => void copy()}>
          <Copy aria-hidden className="size-4" />
          {t('secret.copyExample')}
        </Button>
        <span role="status" className="text-sm">
          {said}
        </span>
      </div>
    </section>
  )
}

function Code({ label, children }: { label: string; children: string }) {
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by key
      tabIndex={0}
      role="region"
      aria-label={label}
      className="overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-[0.8125rem] leading-relaxed"
    >
      {children}
    </pre>
  )
}
