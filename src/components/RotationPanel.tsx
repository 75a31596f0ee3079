import { Suspense, useId, useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import '../messages/rotation'
import { isLong, rotationOfFamily, type Rotation } from '../cpanel/rotation'
import { tokenState, type ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { Skeleton } from '../ui/Skeleton'
import { RevokeToken } from './RevokeToken'
import { fromNow } from './When'
import { lazyExtra } from '../ui/lazyExtra'

const TestPastedToken = lazyExtra(() => import('./TestToken').then((module) => module.TestPastedToken))

type RotationPanelProps = { account: Account; token: ApiToken; rotations: readonly Rotation[]; now: Date }

/** Where the rotation of a token stands and what to do next, on its page and on that of its successor. */
export function RotationPanel({ account, token, rotations, now }: RotationPanelProps) {
  const rotation = rotationOfFamily(token.name, rotations)
  const isExpired = tokenState(token.expiry, now).kind === 'expired'
  const [seen, setSeen] = useState(rotation)
  if (rotation !== undefined && !isSamePair(rotation, seen)) setSeen(rotation)
  if (rotation === undefined || isExpired) {
    return (
      <Panel>
        {seen && !isExpired && <EndedNotice token={token} {...seen} />}
        <p className="max-w-prose text-muted">{t(isExpired ? 'rotation.offerExpired' : 'rotation.offer')}</p>
        <Link to={paths.rotate(account, token.name)} className={buttonClass('secondary', 'normal', 'self-start')}>
          {t('rotation.start')}
        </Link>
      </Panel>
    )
  }
  const { old, successor, older } = rotation
  if (older.some(({ name }) => name === token.name)) {
    return (
      <Panel>
        <p className="wrap-anywhere">{t('rotation.leftOver', { successor: successor.name })}</p>
        <OtherToken account={account} name={successor.name} />
      </Panel>
    )
  }
  const other = token.name === old.name ? successor : old
  const names = { old: old.name, successor: successor.name }
  return (
    <Panel>
      <p className="wrap-anywhere">
        {successor.created === null
          ? t('rotation.sinceUnknown', names)
          : t('rotation.since', { ...names, when: fromNow(successor.created, now) })}
      </p>
      {isLong(rotation, now) && (
        <Notice tone="warn" title={t('rotation.long')}>
          <p>{t('rotation.longText')}</p>
        </Notice>
      )}
      {older.length > 0 && (
        <p className="wrap-anywhere">{t('rotation.older', { names: older.map(({ name }) => name).join(', ') })}</p>
      )}
      <OtherToken account={account} name={other.name} />
      <ol className="flex list-decimal flex-col gap-4 pl-5 wrap-anywhere marker:font-semibold">
        <li>
          <p>{t('rotation.step.use', names)}</p>
          <p className="text-sm text-muted">{t('rotation.lost', names)}</p>
        </li>
        <li>
          <p className="mb-2">{t('rotation.step.test')}</p>
          <Suspense fallback={<Skeleton className="h-24 w-full" />}>
            <TestPastedToken key={successor.name} account={account} name={successor.name} />
          </Suspense>
        </li>
        <li>
          <p>{t('rotation.step.revoke', names)}</p>
        </li>
      </ol>
      <RevokeToken key={old.name} account={account} token={old} now={now} successor={successor.name} />
    </Panel>
  )
}

function isSamePair(one: Rotation, other: Rotation | undefined): boolean {
  return one.old.name === other?.old.name && one.successor.name === other.successor.name
}

/** The other token went while somebody looked at this one: what that means for what they were about to do. */
function EndedNotice({ token, old, successor }: Rotation & { token: ApiToken }) {
  const words = token.name === old.name ? 'rotation.endedSuccessor' : 'rotation.endedOld'
  return (
    <Notice tone="warn" role="alert" title={t('rotation.ended')}>
      <p>{t(words, { old: old.name, successor: successor.name })}</p>
    </Notice>
  )
}

function Panel({ children }: { children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5">
      <h3 id={id} className="-mb-2 font-semibold">
        {t('rotation.panel')}
      </h3>
      {children}
    </section>
  )
}

function OtherToken({ account, name }: { account: Account; name: string }) {
  return (
    <Link to={paths.token(account, name)} className={buttonClass('secondary', 'small', 'self-start wrap-anywhere')}>
      {t('rotation.open', { name })}
    </Link>
  )
}
