/** Addresses that a WHM token may be used from: read as people paste them, written as the server will show them. */
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js'

const { isValid, isValidCIDR, parse, parseCIDR } = ipaddr

/** At most so many per token (CPANEL_API.md 2.2). */
export const MOST_ADDRESSES = 100

/** What somebody typed or pasted: `addresses` as the server writes them, without doubles; `wrong` as it was typed. */
export type AddressList = { addresses: readonly string[]; wrong: readonly { line: number; text: string }[] }

/** Reads addresses and ranges, one a line or between commas, semicolons or spaces. IPv4, IPv6 and CIDR. */
export function readAddresses(text: string): AddressList {
  const addresses = new Set<string>()
  const wrong: { line: number; text: string }[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    for (const part of line.split(/[\s,;]+/).filter(Boolean)) {
      const address = normalAddress(part)
      if (address === null) wrong.push({ line: index + 1, text: part })
      else addresses.add(address)
    }
  }
  return { addresses: [...addresses].toSorted(), wrong }
}

/**
 * One address or range in the form of the server's answers, or null for what is none: IPv4 as four decimal numbers, IPv6 in
 * full length (CPANEL_API.md 2.2). Forms that only some programs take for an address (`127.1`, `0x7f.1`, zones) are none.
 */
export function normalAddress(text: string): string | null {
  const [address = '', length, ...rest] = text.split('/')
  if (rest.length > 0 || !isPlain(address)) return null
  if (length === undefined) return isValid(address) ? written(parse(address)) : null
  if (!/^(?:0|[1-9]\d{0,2})$/.test(length) || !isValidCIDR(text)) return null
  const [network, bits] = parseCIDR(text)
  return `${written(network)}/${bits}`
}

/**
 * Four numbers without leading zeros (010 is eight to some programs), or IPv6 without a zone, whose end may be such numbers.
 * `::192.0.2.1` is none: it is deprecated (RFC 4291, 2.5.5.1), and the library takes it for the mapped `::ffff:192.0.2.1`.
 */
function isPlain(address: string): boolean {
  const end = address.slice(address.lastIndexOf(':') + 1)
  const isPlainEnd = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(end) && !/\b0\d/.test(end)
  if (!address.includes(':')) return isPlainEnd
  return !address.includes('%') && (isPlainEnd ? !/^::\d+\./.test(address) : !end.includes('.'))
}

function written(address: IPv4 | IPv6): string {
  if (!isIPv6(address)) return address.toString()
  return address.parts.map((part) => part.toString(16).padStart(4, '0')).join(':')
}

/** Whether a token limited to these (none: not limited) lets somebody in from an address. */
export function letsIn(addresses: readonly string[], from: string): boolean {
  if (addresses.length === 0) return true
  if (!isValid(from)) return false
  const visitor = withoutMapping(parse(from))
  return addresses.some((entry) => {
    const normal = normalAddress(entry)
    if (normal === null) return false
    const isRange = normal.includes('/')
    const [network, bits] = isRange ? parseCIDR(normal) : [parse(normal), null]
    if (network.kind() !== visitor.kind()) return false
    return visitor.match([network, bits ?? (network.kind() === 'ipv4' ? 32 : 128)])
  })
}

/** `::ffff:192.0.2.1` is 192.0.2.1, which a server listening on both families says so. */
function withoutMapping(address: IPv4 | IPv6): IPv4 | IPv6 {
  return isIPv6(address) && address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

function isIPv6(address: IPv4 | IPv6): address is IPv6 {
  return address.kind() === 'ipv6'
}

/** Whether two lists let in the same addresses by their writing; order, doubles and short forms don't matter. */
export function sameAddresses(one: readonly string[], other: readonly string[]): boolean {
  return allOf(one) === allOf(other)
}

function allOf(entries: readonly string[]): string {
  return JSON.stringify([...new Set(entries.map((entry) => normalAddress(entry) ?? entry))].toSorted())
}
