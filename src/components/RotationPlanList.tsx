import { Link } from 'react-router'
import type { LeftOut, RotationPlan } from '../cpanel/rotationPlan'
import type { Account, NewToken } from '../cpanel/tokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { exactMoment } from './When'

/** A token that gets a successor; `key` is its own among those of the work. */
export type Succession = { key: number; old: string; token: NewToken }

type RotationPlanListProps = {
  account: Account
  successions: readonly Succession[]
  leftOut: RotationPlan['leftOut']
}

const reasons = {
  expired: 'rotation.many.expired',
  rotating: 'rotation.many.rotating',
  lifetime: 'rotation.many.lifetime',
  access: 'rotation.many.access',
  name: 'rotation.many.name',
} as const satisfies Record<LeftOut, string>

/** What each of the chosen tokens becomes, and which are left out and why. */
export function RotationPlanList({ account, successions, leftOut }: RotationPlanListProps) {
  return (
    <>
      {successions.length > 0 && (
        <ul
          aria-label={t('rotation.many.plan')}
          className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line"
        >
          {successions.map(({ key, old, token: { name, expiry } }) => (
            <li key={key} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2 wrap-anywhere">
              <bdi className="font-mono text-sm font-semibold">{old}</bdi>
              <span>{t('rotation.many.becomes', { name })}</span>
              <span className="text-sm text-muted sm:ml-auto">
                {expiry.kind === 'never'
                  ? t('rotation.many.never')
                  : t('rotation.many.until', { moment: exactMoment(expiry.at) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {leftOut.length > 0 && (
        <section aria-labelledby="left-out" className="flex flex-col gap-2">
          <h4 id="left-out" className="font-semibold">
            {t('rotation.many.leftOut', { count: leftOut.length })}
          </h4>
          <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
            {leftOut.map(({ old, why }) => (
              <li key={old} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2 wrap-anywhere">
                <Link
                  to={paths.token(account, old)}
                  className="font-mono text-sm font-semibold underline underline-offset-2"
                >
                  {old}
                </Link>
                <span className="text-sm text-muted">{t(reasons[why])}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
