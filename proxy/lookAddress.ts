import { isIP } from 'node:net'
import type { AddressFault, ConnectionKind } from './contract'

/** One front door to try; `kind` is null on a port that both cPanel and WHM might have been moved to. */
export type DoorToTry = { kind: ConnectionKind | null; origin: string }

const doorsOfPorts: ReadonlyMap<number, ConnectionKind> = new Map([
  [2083, 'cpanel'],
  [2087, 'whm'],
])

/** Where the same servers also listen, and why nobody signs in there. */
const wrongPorts: ReadonlyMap<number, AddressFault> = new Map([
  [2082, 'plain-port'],
  [2086, 'plain-port'],
  [2095, 'webmail-port'],
  [2096, 'webmail-port'],
])

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/

/**
 * The doors that an address leads to, as a person types or pastes it: with or without `https://`, with a port or none (then
 * cPanel's and WHM's own), with whatever a browser shows behind that. Only host and port are taken: the rest of a pasted
 * address holds the security token of somebody's session.
 */
export function readAddress(typed: string): DoorToTry[] | AddressFault {
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(typed.trim()) ?? []
  if (scheme?.toLowerCase() === 'http') return 'plain-http'
  if (scheme !== undefined && scheme.toLowerCase() !== 'https') return 'not-an-address'
  const authority = rest.split(/[/?#\\]/, 1)[0] ?? ''
  if (authority.includes('@')) return 'credentials'
  const { host, port } = isIP(authority) === 6 ? { host: `[${authority}]`, port: undefined } : split(authority)
  const hostname = readHost(host)
  if (hostname === undefined) return 'not-an-address'
  if (port === undefined) return [...doorsOfPorts].map(([number, kind]) => ({ kind, origin: at(hostname, number) }))
  const number = Number(port)
  if (number < 1 || number > 65_535) return 'not-an-address'
  return wrongPorts.get(number) ?? [{ kind: doorsOfPorts.get(number) ?? null, origin: at(hostname, number) }]
}

function split(authority: string): { host: string; port: string | undefined } {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d{1,5}))?$/.exec(authority) ?? []
  return { host, port }
}

/** A host in the one form in which it stands in URLs (small letters, Punycode, IPv6 in brackets); undefined for none. */
function readHost(host: string): string | undefined {
  // What a URL would decode or drop is no host that anybody means.
  if (host === '' || /[%\s]/.test(host) || !URL.canParse(`https://${host}`)) return undefined
  const hostname = new URL(`https://${host}`).hostname.replace(/\.$/, '')
  return hostname.startsWith('[') || hostName.test(hostname) ? hostname : undefined
}

function at(hostname: string, port: number): string {
  return new URL(`https://${hostname}:${port}`).origin
}
