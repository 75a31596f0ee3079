import { BlockList, isIP } from 'node:net'

/** The whitelist entries of a request, IPv6 expanded (section 2.2), or what is wrong with them. */
export type Whitelist = { readonly entries: readonly string[] | null } | { readonly fault: string }

/** Reads `whitelist_ip` values: at most 100 IPv4 or IPv6 addresses or prefixes; `any` or none means any address. */
export function readWhitelist(values: readonly string[], version: number): Whitelist {
  const given = values.map((value) => value.trim()).filter((value) => value !== '' && value !== 'any')
  if (given.length > 100) return { fault: 'A token can have at most 100 whitelisted IP addresses.' }
  const wrong = given.find((value) => !isEntry(value))
  if (wrong !== undefined) return { fault: `“${wrong}” is not a valid IP address or range.` }
  // IPv6 came with version 110 (section 2.2).
  const sixth = version < 110 ? given.find((value) => value.includes(':')) : undefined
  if (sixth !== undefined) return { fault: `“${sixth}” is not a valid IPv4 address or range.` }
  return { entries: given.length === 0 ? null : given.map(expand) }
}

/** Whether a whitelist lets an address in. */
export function allows(whitelist: readonly string[] | null, address: string): boolean {
  if (whitelist === null) return true
  const list = new BlockList()
  for (const entry of whitelist) {
    const [net = '', length] = entry.split('/')
    const family = net.includes(':') ? 'ipv6' : 'ipv4'
    list.addSubnet(net, length === undefined ? bits(net) : Number(length), family)
  }
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}

function isEntry(value: string): boolean {
  const [address = '', length, ...rest] = value.split('/')
  if (rest.length > 0 || isIP(address) === 0 || address.includes('%')) return false
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits(address))
}

function bits(address: string): number {
  return address.includes(':') ? 128 : 32
}

function expand(entry: string): string {
  const [address = '', length] = entry.split('/')
  if (!address.includes(':')) return entry
  const [head = '', tail] = withoutDots(address).split('::')
  const left = head.split(':').filter(Boolean)
  const right = (tail ?? '').split(':').filter(Boolean)
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0')
  const groups = [...left, ...(tail === undefined ? [] : middle), ...right]
  const full = groups.map((group) => group.toLowerCase().padStart(4, '0')).join(':')
  return length === undefined ? full : `${full}/${length}`
}

/** `::ffff:192.0.2.1` in groups of hexadecimal digits. */
function withoutDots(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
}
