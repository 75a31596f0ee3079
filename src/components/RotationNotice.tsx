import { Link } from 'react-router'
import '../messages/rotation'
import { isLong, type Rotation } from '../cpanel/rotation'
import { t } from '../messages/catalogue'
import { paths, type Place } from '../paths'
import { Notice } from '../ui/Notice'
import { fromNow } from './When'

type RotationNoticeProps = { place: Place; rotations: readonly Rotation[]; now: Date }

const NAMED = 5

/** A reminder of rotations that somebody began: nothing but the list remembers them, and each leaves two secrets valid. */
export function RotationNotice({ place, rotations, now }: RotationNoticeProps) {
  const long = rotations.filter((one) => isLong(one, now)).length
  // The oldest first: what is longest forgotten is the most urgent.
  const named = rotations.toSorted((one, other) => sinceOf(one) - sinceOf(other)).slice(0, NAMED)
  return (
    <Notice
      tone={long > 0 ? 'warn' : 'info'}
      title={long > 0 ? t('rotation.noticeLong', { count: long }) : t('rotation.notice', { count: rotations.length })}
    >
      <p>{t('rotation.noticeText')}</p>
      <ul className="mt-1 flex flex-col gap-x-4 text-sm sm:flex-row sm:flex-wrap">
        {named.map(({ old, successor }) => (
          <li key={old.name} className="min-h-6">
            <Link to={paths.token(place, old.name)} className="font-medium underline underline-offset-2">
              {t('rotation.noticePair', { old: old.name, successor: successor.name })}
            </Link>
            {successor.created && <span className="text-muted"> {fromNow(successor.created, now)}</span>}
          </li>
        ))}
        {rotations.length > NAMED && <li>{t('rotation.noticeMore', { count: rotations.length - NAMED })}</li>}
      </ul>
    </Notice>
  )
}

/** Milliseconds since epoch; what nobody knows comes last. */
function sinceOf({ successor }: Rotation): number {
  return successor.created?.getTime() ?? Number.POSITIVE_INFINITY
}
