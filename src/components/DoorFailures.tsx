import { t } from '../messages/catalogue'
import type { FailedDoor } from '../session/servers'
import { Notice } from '../ui/Notice'
import { portsOf } from './doors'

/** Why nothing was found at an address: a sentence for each reason, since two doors mostly share one. */
export function DoorFailures({ title, failed }: { title: string; failed: readonly FailedDoor[] }) {
  const reasons = [...new Set(failed.map(({ why }) => why))]
  return (
    <Notice tone="danger" role="alert" title={title}>
      {reasons.map((why) => (
        <p key={why}>{whyWords(why, failed)}</p>
      ))}
      <p>{t('addServer.nothingAdded')}</p>
    </Notice>
  )
}

function whyWords(why: FailedDoor['why'], failed: readonly FailedDoor[]): string {
  const doors = failed.filter((door) => door.why === why)
  const [host, ports] = [new URL(doors[0]?.origin ?? '').hostname, portsOf(doors)]
  switch (why) {
    case 'refused':
      return t('addServer.why.refused', { host, ports })
    case 'unknown-host':
      return t('addServer.why.unknown-host', { host })
    case 'unreachable':
      return t('addServer.why.unreachable', { host })
    case 'timeout':
      return t('addServer.why.timeout', { host, ports })
    case 'no-tls':
      return t('addServer.why.no-tls', { host, ports })
  }
}
