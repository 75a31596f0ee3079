import { RefreshCw } from 'lucide-react'
import { Link } from 'react-router'
import { rotatingWith, type Rotation } from '../cpanel/rotation'
import { t } from '../messages/catalogue'
import { paths, type Place } from '../paths'
import { Badge } from '../ui/Badge'

type RotatingBadgeProps = { name: string; rotations: readonly Rotation[]; place: Place }

/** That a token is one of two that are being rotated, with the way to the other; nothing for all others. */
export function RotatingBadge({ name, rotations, place }: RotatingBadgeProps) {
  const pair = rotatingWith(name, rotations)
  if (pair === null) return null
  const words = t(pair.is === 'old' ? 'rotating.old' : 'rotating.successor', { other: pair.other })
  return (
    <Link
      to={paths.token(place, pair.other)}
      aria-label={words}
      title={words}
      className="inline-flex min-h-6 items-center rounded-full hover:opacity-75"
    >
      <Badge look="info">
        <RefreshCw aria-hidden className="mr-1 size-3" />
        {t('rotating.badge')}
      </Badge>
    </Link>
  )
}
