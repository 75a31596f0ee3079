import { asCpanelError } from '../cpanel/errors'
import type { TokenVerdict } from '../cpanel/testToken'
import { t } from '../messages/catalogue'
import { Notice } from '../ui/Notice'
import { ErrorNotice, Reference } from './ErrorNotice'
import type { TestPlace } from './useTestPlace'

type TestTokenResultProps = {
  place: TestPlace
  isPending: boolean
  verdict: TokenVerdict | undefined
  /** The secret was pasted: it may be another token's. */
  isPasted: boolean
}

/** What the server made of a token, read out as it comes. */
export function TestTokenResult({ place, isPending, verdict, isPasted }: TestTokenResultProps) {
  return (
    <div role="status" className="empty:hidden">
      {isPending && <p className="text-sm font-medium">{t('testToken.testing')}</p>}
      {!isPending && verdict && <Verdict place={place} verdict={verdict} isPasted={isPasted} />}
    </div>
  )
}

type VerdictProps = { place: TestPlace; verdict: TokenVerdict; isPasted: boolean }

function Verdict({ place, verdict, isPasted }: VerdictProps) {
  switch (verdict.verdict) {
    case 'works':
      return (
        <Notice tone="ok" title={t('testToken.works')}>
          <p>{t('testToken.worksText', place)}</p>
          {place.isLimitedToAddresses && <p>{t('testToken.worksFrom')}</p>}
          {isPasted && <p>{t('testToken.worksWhich', place)}</p>}
        </Notice>
      )
    case 'limited':
      return (
        <Notice tone="warn" title={t('testToken.limited')}>
          <p>{place.kind === 'whm' ? t('testToken.limitedWhmText') : t('testToken.limitedText', place)}</p>
          {verdict.reasons.length > 0 && <p>{t('testToken.reasons', { reasons: verdict.reasons.join(' ') })}</p>}
        </Notice>
      )
    case 'refused':
      return (
        // One that is limited to other addresses does what it should.
        <Notice tone={place.isLimitedToAddresses ? 'warn' : 'danger'} title={t('testToken.refused')}>
          <p>{t('testToken.refusedText', place)}</p>
          <ul className="list-disc pl-5">
            {whys(place, isPasted).map((why) => (
              <li key={why}>{why}</li>
            ))}
          </ul>
        </Notice>
      )
    case 'unclear':
      return (
        <Notice tone="warn" title={t('testToken.unclear')}>
          <p>{t('testToken.unclearText', place)}</p>
        </Notice>
      )
  }
}

/** What may be behind a no, the likeliest first. */
function whys({ kind, isLimitedToAddresses }: TestPlace, isPasted: boolean): string[] {
  return [
    ...(isLimitedToAddresses ? [t('testToken.why.addresses')] : []),
    isPasted ? t('testToken.why.pasted') : t('testToken.why.new'),
    t('testToken.why.over'),
    ...(kind === 'whm' ? [t('testToken.why.privilege')] : []),
    ...(kind === 'whm' && !isLimitedToAddresses ? [t('testToken.why.addresses')] : []),
  ]
}

/** Why nothing is known of the token. */
export function TestTokenFailure({ error }: { error: Error }) {
  const failure = asCpanelError(error)
  if (failure.kind !== 'too_many_requests') return <ErrorNotice title={t('testToken.failed')} error={error} />
  return (
    <Notice tone="warn" role="alert" title={t('testToken.wait')}>
      <p>{t('testToken.waitText', { seconds: failure.retryAfterSeconds ?? 60 })}</p>
      <Reference failure={failure} />
    </Notice>
  )
}
