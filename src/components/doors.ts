import { activeLocale, t } from '../messages/catalogue'
import type { FoundDoor } from '../session/servers'

/** The port of an origin; a URL leaves 443 out. */
export function portOf(origin: string): string {
  return new URL(origin).port || '443'
}

/** `2083 or 2087` */
export function portsOf(doors: readonly { origin: string }[]): string {
  const ports = doors.map(({ origin }) => portOf(origin))
  return new Intl.ListFormat(activeLocale(), { type: 'disjunction' }).format(ports)
}

/** A door as people know it. */
export function doorWords({ kind, origin }: Pick<FoundDoor, 'kind' | 'origin'>): string {
  return t(kindWords[kind ?? 'unknown'], { port: portOf(origin) })
}

const kindWords = {
  cpanel: 'addServer.door.cpanel',
  whm: 'addServer.door.whm',
  unknown: 'addServer.door.unknown',
} as const
