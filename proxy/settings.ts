import { BlockList, isIP } from 'node:net'
import { ConfigError } from './configError'

/** Environment variables, as `process.env` has them. */
export type Env = Readonly<Record<string, string | undefined>>

/** A setting's value; an empty one counts as not set. */
export function setting(env: Env, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

type Range = { min: number; max: number; unit: string }

/** @throws ConfigError for what is no whole number in the range */
export function readNumber(env: Env, name: string, standard: number, range: Range): number {
  const value = setting(env, name)
  if (value === undefined) return standard
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN
  if (number >= range.min && number <= range.max) return number
  throw new ConfigError(name, value, `use a ${range.unit} from ${range.min} to ${range.max}`)
}

/** Seconds in the environment, milliseconds as answered. @throws ConfigError */
export function readSeconds(env: Env, name: string, standard: number): number {
  return readNumber(env, name, standard, { min: 1, max: 604_800, unit: 'number of seconds' }) * 1000
}

/** One of some words. @throws ConfigError */
export function readWord<Word extends string>(env: Env, name: string, standard: Word, words: readonly Word[]): Word {
  const value = setting(env, name) ?? standard
  const word = words.find((one) => one === value)
  if (word === undefined) throw new ConfigError(name, value, `use one of ${words.join(', ')}`)
  return word
}

const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

/** An address or a name to listen on. @throws ConfigError */
export function readHost(env: Env, name: string): string {
  const value = setting(env, name) ?? '127.0.0.1'
  if (isIP(value) !== 0 || hostName.test(value)) return value
  throw new ConfigError(name, value, 'use an IP address or host name of this machine, such as 127.0.0.1')
}

/** A host as it stands in a URL: an IPv6 address in brackets. */
export function inUrl(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host.toLowerCase()
}

/** Whether an address to listen on can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Host names and addresses as they stand in URLs. @throws ConfigError */
export function readHostNames(env: Env, name: string): string[] {
  return readList(env, name).map((host) => {
    if (isIP(host) !== 0 || hostName.test(host)) return inUrl(host)
    throw new ConfigError(name, host, 'use host names without scheme and port, separated by commas')
  })
}

/** IP addresses and networks (`10.0.0.0/8`). @throws ConfigError, also for a network that is everybody */
export function readNetworks(env: Env, name: string): string[] {
  const networks = readList(env, name)
  for (const network of networks) {
    if (!isNetwork(network)) {
      throw new ConfigError(name, network, 'use IP addresses and networks such as 10.0.0.0/8, separated by commas')
    }
    if (network.endsWith('/0')) throw new ConfigError(name, network, 'this would trust what anybody says')
  }
  return networks
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  if (!/^\d{1,3}$/.test(prefix)) return false
  try {
    new BlockList().addSubnet(address, Number(prefix), version === 6 ? 'ipv6' : 'ipv4')
    return true
  } catch {
    return false
  }
}

function readList(env: Env, name: string): string[] {
  return (
    setting(env, name)
      ?.split(',')
      .map((part) => part.trim()) ?? []
  )
}
