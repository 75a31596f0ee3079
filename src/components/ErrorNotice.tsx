import type { ReactNode } from 'react'
import { asCpanelError, type CpanelError } from '../cpanel/errors'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'

/** The words for a failure: what happened, and what to do. */
export function errorWords(error: CpanelError): { happened: string; todo: string } {
  if (error.kind === 'rejected' && error.reasons.length > 0) {
    return {
      happened: t('error.rejected.reason', { reasons: error.reasons.join(' ') }),
      todo: t('error.rejected.todo'),
    }
  }
  if (error.kind === 'too_many_requests') {
    return {
      happened: t('error.too_many_requests'),
      todo: t('error.too_many_requests.todo', { seconds: error.retryAfterSeconds ?? 60 }),
    }
  }
  return { happened: t(`error.${error.kind}`), todo: t(`error.${error.kind}.todo`) }
}

type ErrorNoticeProps = {
  /** What did not happen, in the words of the place: "The token was not created". */
  title: string
  error: Error
  onRetry?: () => void
  isRetrying?: boolean
  children?: ReactNode
}

/** One failure, shown where the person acted. */
export function ErrorNotice({ title, error, onRetry, isRetrying = false, children }: ErrorNoticeProps) {
  const failure = asCpanelError(error)
  const { happened, todo } = errorWords(failure)
  return (
    <Notice
      tone="danger"
      role="alert"
      title={title}
      actions={
        onRetry && (
          <Button isBusy={isRetrying} onClick={onRetry}>
            {t('error.tryAgain')}
          </Button>
        )
      }
    >
      <p>
        {happened} {todo}
      </p>
      {failure.fingerprint256 && <code className="font-mono text-sm break-all">{failure.fingerprint256}</code>}
      {children}
    </Notice>
  )
}
