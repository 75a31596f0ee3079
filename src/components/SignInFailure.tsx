import type { CpanelError } from '../cpanel/errors'
import { t } from '../messages/catalogue'
import { Notice } from '../ui/Notice'
import { ErrorNotice } from './ErrorNotice'

/** Why signing in did not work, and what to do: the reasons are as different as a typo and a changed certificate. */
export function SignInFailure({ failure, way }: { failure: CpanelError; way: 'password' | 'token' | 'code' }) {
  switch (failure.kind) {
    case 'wrong_credentials':
    case 'unauthenticated':
      return (
        <Notice tone="danger" role="alert" title={t('signIn.failed.wrong')}>
          <p>{t(wrongWords[way])}</p>
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
        </Notice>
      )
    case 'untrusted_certificate':
      return (
        <Notice tone="danger" role="alert" title={t('signIn.failed.certificate')}>
          <p>{t('signIn.failed.certificateText')}</p>
          {failure.fingerprint256 && <code className="font-mono text-sm break-all">{failure.fingerprint256}</code>}
        </Notice>
      )
    default:
      return <ErrorNotice title={t('error.signIn')} error={failure} />
  }
}

const wrongWords = {
  password: 'signIn.failed.wrongPassword',
  token: 'signIn.failed.wrongToken',
  code: 'signIn.failed.wrongCode',
} as const
