import { BlockList, isIP } from 'node:net'

/**
 * What of a request tells where it comes from. Fastify's `ip` is the socket's, no header is trusted for it; unless it has
 * `ips`: then TRUST_PROXY says whose headers are.
 */
type Origin = { ip: string | undefined; ips?: string[] | undefined; headers: Readonly<Record<string, unknown>> }

type Network = 'loopback' | 'private' | 'public'

/** What a server in front adds that we know nothing of. Then `ip` is that server's address, not the browser's. */
const addedInFront = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Private (RFC 1918, RFC 4193), link-local (RFC 3927, RFC 4291) and behind a carrier's NAT (RFC 6598). */
const inner = new BlockList()
inner.addSubnet('10.0.0.0', 8, 'ipv4')
inner.addSubnet('172.16.0.0', 12, 'ipv4')
inner.addSubnet('192.168.0.0', 16, 'ipv4')
inner.addSubnet('169.254.0.0', 16, 'ipv4')
inner.addSubnet('100.64.0.0', 10, 'ipv4')
inner.addSubnet('fc00::', 7, 'ipv6')
inner.addSubnet('fe80::', 10, 'ipv6')

/** Nobody's: this host on this network, multicast, reserved. */
const nobodys = new BlockList()
nobodys.addSubnet('0.0.0.0', 8, 'ipv4')
nobodys.addSubnet('224.0.0.0', 3, 'ipv4')
nobodys.addAddress('::', 'ipv6')
nobodys.addSubnet('ff00::', 8, 'ipv6')

/**
 * The address from which a server sees what the browser's machine sends it, as far as that can be known here: whoever is
 * public is so for everybody; an inner address means something only to a server in the same kind of network.
 *
 * @param server the server's address as configured (`https://host:port`); undefined when it no longer is
 * @returns plain IPv4, or IPv6 as the system writes it, without a zone; null when it is not known
 */
export function clientAddress({ ip, ips, headers }: Origin, server: string | undefined): string | null {
  if (ips === undefined && addedInFront.some((name) => headers[name] !== undefined)) return null
  // Node forgets the address of who has gone.
  if (ip === undefined) return null
  const address = withoutZone(ip).replace(/^::ffff:(?=\d+\.)/i, '')
  const network = networkOf(address)
  if (network === 'public') return address
  return network !== undefined && network === networkOfServer(server) ? address : null
}

/** undefined for a host name: where it leads from the browser's machine is not known here. */
function networkOfServer(server: string | undefined): Network | undefined {
  if (server === undefined) return undefined
  const { hostname } = new URL(server)
  return hostname === 'localhost' ? 'loopback' : networkOf(hostname.replace(/^\[(.*)\]$/, '$1'))
}

/** BlockList takes an IPv4-mapped IPv6 address for the IPv4 address it is. */
function networkOf(address: string): Network | undefined {
  const version = isIP(address)
  if (version === 0) return undefined
  const family = version === 6 ? 'ipv6' : 'ipv4'
  if (nobodys.check(address, family)) return undefined
  if (loopback.check(address, family)) return 'loopback'
  return inner.check(address, family) ? 'private' : 'public'
}

/** Node writes a link-local address with the interface (`fe80::1%eth0`), which means something on this machine alone. */
function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? ''
}
