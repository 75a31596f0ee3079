import { useEffect, useState, type ReactNode } from 'react'
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
  if (error.kind === 'paused') {
    return {
      happened: t('error.paused'),
      todo: t('error.paused.todo', { seconds: error.retryAfterSeconds ?? 60 }),
    }
  }
  if (error.kind === 'untrusted_certificate' && error.expected256 !== undefined) {
    return { happened: t('error.certificate_changed'), todo: t('error.certificate_changed.todo') }
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
      actions={onRetry && <RetryButton failure={failure} isRetrying={isRetrying} onRetry={onRetry} />}
    >
      <p>
        {happened} {todo}
      </p>
      <Fingerprints failure={failure} />
      {children}
      <Reference failure={failure} />
    </Notice>
  )
}

type RetryButtonProps = { failure: CpanelError; isRetrying: boolean; onRetry: () => void }

/** Can be pressed once the time is over for which the server asked to be left alone. */
function RetryButton({ failure, isRetrying, onRetry }: RetryButtonProps) {
  const seconds = useSecondsLeft(failure)
  return (
    <Button isBusy={isRetrying} disabled={seconds > 0} onClick={onRetry}>
      {t('error.tryAgain')}
      {/* The sentence above says it to a screen reader, once. */}
      {seconds > 0 && <span aria-hidden>{t('error.tryAgainIn', { seconds })}</span>}
    </Button>
  )
}

/** However long a server asks for: after so long one may try. */
const MOST_SECONDS = 600

function useSecondsLeft(failure: CpanelError): number {
  const seconds = Math.min(failure.retryAfterSeconds ?? 0, MOST_SECONDS)
  const [counted, setCounted] = useState({ failure, left: seconds })
  useEffect(() => {
    if (seconds === 0) return
    const end = Date.now() + seconds * 1000
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000))
      setCounted({ failure, left })
      if (left === 0) clearInterval(timer)
    }, 500)
    return () => clearInterval(timer)
  }, [failure, seconds])
  return counted.failure === failure ? counted.left : seconds
}

/** What certificate was shown, beside the one it should have been where that is known, to compare letter by letter. */
export function Fingerprints({ failure: { fingerprint256, expected256 } }: { failure: CpanelError }) {
  if (expected256 === undefined) {
    return fingerprint256 && <code className="font-mono text-sm break-all">{fingerprint256}</code>
  }
  const both = [
    { term: t('error.fingerprintExpected'), fingerprint: expected256 },
    { term: t('error.fingerprintShown'), fingerprint: fingerprint256 },
  ]
  return (
    <dl className="my-1 flex flex-col gap-1 text-sm">
      {both.map(
        ({ term, fingerprint }) =>
          fingerprint && (
            <div key={term}>
              <dt className="font-semibold">{term}</dt>
              <dd className="font-mono break-all">{fingerprint}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** Under what whoever runs Keyring finds a failure in its log. One click selects the whole. */
export function Reference({ failure: { requestId } }: { failure: CpanelError }) {
  return (
    requestId && (
      <p className="text-sm">
        {t('error.reference')} <code className="font-mono select-all">{requestId}</code>
      </p>
    )
  )
}
