import type { CpanelError } from '../cpanel/errors'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { ErrorNotice, Fingerprints, Reference } from './ErrorNotice'

type SignInFailureProps = {
  failure: CpanelError
  way: 'password' | 'token' | 'code'
  /** Of a server that was added here: whoever trusted its certificate may look at the new one, where that can be done. */
  added?: { onLook: (() => void) | undefined } | undefined
}

/** Why signing in did not work, and what to do: the reasons are as different as a typo and a changed certificate. */
export function SignInFailure({ failure, way, added }: SignInFailureProps) {
  switch (failure.kind) {
    case 'wrong_credentials':
    case 'unauthenticated':
      return (
        <Notice tone="danger" role="alert" title={t('signIn.failed.wrong')}>
          <p>{t(wrongWords[way])}</p>
          <Reference failure={failure} />
        </Notice>
      )
    case 'code_required':
      return (
        <Notice tone="info" role="alert" title={t('signIn.failed.code')}>
          <p>{t('signIn.failed.codeText')}</p>
        </Notice>
      )
    case 'too_many_requests':
      return (
        <Notice tone="warn" role="alert" title={t('signIn.failed.blocked')}>
          <p>{t('signIn.failed.blockedText', { seconds: failure.retryAfterSeconds ?? 60 })}</p>
          <Reference failure={failure} />
        </Notice>
      )
    case 'paused':
      return (
        <Notice tone="warn" role="alert" title={t('signIn.failed.paused')}>
          <p>{t('signIn.failed.pausedText', { seconds: failure.retryAfterSeconds ?? 60 })}</p>
          <Reference failure={failure} />
        </Notice>
      )
    case 'store_unavailable':
      return (
        <Notice tone="warn" role="alert" title={t('signIn.failed.store')}>
          <p>{t('signIn.failed.storeText')}</p>
          <Reference failure={failure} />
        </Notice>
      )
    case 'untrusted_certificate': {
      if (added) return <CertificateOfAdded failure={failure} onLook={added.onLook} />
      const hasChanged = failure.expected256 !== undefined
      return (
        <Notice
          tone="danger"
          role="alert"
          title={hasChanged ? t('signIn.failed.changed') : t('signIn.failed.certificate')}
        >
          <p>{hasChanged ? t('signIn.failed.changedText') : t('signIn.failed.certificateText')}</p>
          <Fingerprints failure={failure} />
          <Reference failure={failure} />
        </Notice>
      )
    }
    default:
      return <ErrorNotice title={t('error.signIn')} error={failure} />
  }
}

function CertificateOfAdded({ failure, onLook }: { failure: CpanelError; onLook: (() => void) | undefined }) {
  return (
    <Notice
      tone="danger"
      role="alert"
      title={t('signIn.failed.changed')}
      actions={onLook && <Button onClick={onLook}>{t('signIn.look')}</Button>}
    >
      <p>{t(onLook ? 'signIn.failed.addedText' : 'signIn.failed.addedElsewhere')}</p>
      <Fingerprints failure={failure} />
      <Reference failure={failure} />
    </Notice>
  )
}

const wrongWords = {
  password: 'signIn.failed.wrongPassword',
  token: 'signIn.failed.wrongToken',
  code: 'signIn.failed.wrongCode',
} as const
