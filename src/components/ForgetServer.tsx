import { useEffect, useRef, type KeyboardEvent } from 'react'
import { forgetServerMutation } from '../data/servers'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import '../messages/servers'
import type { ServerSummary } from '../session/connections'
import { Button } from '../ui/Button'
import { toast } from '../ui/Toast'
import { ErrorNotice } from './ErrorNotice'

type ForgetServerProps = { server: ServerSummary; onForgotten: () => void; onCancel: () => void }

/** Asks in place before an added server is forgotten. */
export function ForgetServer({ server: { id, name }, onForgotten, onCancel }: ForgetServerProps) {
  const question = useRef<HTMLParagraphElement>(null)
  const forget = useSoleMutation({
    ...forgetServerMutation,
    onSuccess: async (result, given) => {
      await forgetServerMutation.onSuccess(result, given)
      toast(t('forgetServer.done', { name }))
      onForgotten()
    },
  })
  useEffect(() => question.current?.focus(), [])

  function leave({ key }: KeyboardEvent) {
    if (key === 'Escape' && !forget.isPending) onCancel()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, from wherever in it the focus is
    <div
      role="group"
      aria-labelledby="forget-question"
      className="flex flex-col gap-3 rounded-xl border border-line bg-sunken p-4"
      onKeyDown={leave}
    >
      <div>
        <p id="forget-question" ref={question} tabIndex={-1} className="font-medium wrap-anywhere outline-none">
          {t('forgetServer.ask', { name })}
        </p>
        <p className="text-sm text-muted">{t('forgetServer.text')}</p>
      </div>
      {forget.error && <ErrorNotice title={t('forgetServer.failed')} error={forget.error} />}
      <div className="flex flex-wrap gap-3">
        <Button size="small" look="danger" isBusy={forget.isPending} onClick={() => forget.mutate(id)}>
          {t('forgetServer.confirm')}
        </Button>
        <Button size="small" disabled={forget.isPending} onClick={onCancel}>
          {t('forgetServer.cancel')}
        </Button>
      </div>
    </div>
  )
}
