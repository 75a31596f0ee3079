import { isIP } from 'node:net'
import { ConfigError } from './configError'
import type { DemoLogin } from './contract'
import { serverFromEnv, serversFromFile, type ServerConfig } from './servers'

export type { ServerConfig } from './servers'

/** The simulated server that stands in when no real one is configured, and how to get in to it. */
export type Demo = { servers: ServerConfig[]; logins: DemoLogin[] }

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** All settings, checked. Times are in milliseconds here and in seconds in the environment. */
export type Config = {
  host: string
  port: number
  servers: ServerConfig[]
  demoLogins: DemoLogin[]
  /** Host names (lower case, without port) the proxy answers to. */
  allowedHosts: string[]
  timeouts: { connectMs: number; answerMs: number; bodyMs: number }
  sessions: { idleMs: number; maxAgeMs: number }
  /** Failures per server and user in five minutes; sign-ins and requests per address in one minute. */
  limits: { failedSignIns: number; signInsPerMinute: number; requestsPerMinute: number }
  /** Calls of a fan-out under way at a time, for each server. */
  fanoutParallel: number
  logLevel: (typeof logLevels)[number]
}

/** Environment variables, as `process.env` has them. */
export type Env = Readonly<Record<string, string | undefined>>

/** Whether a real server is configured at all. If not, the demo server stands in. */
export function isConfigured(env: Env): boolean {
  return [env['CPANEL_URL'], env['WHM_URL'], env['SERVERS_FILE']].some((value) => value !== undefined && value !== '')
}

/**
 * Reads and checks every setting.
 *
 * @param demo used only when no real server is configured
 * @throws ConfigError naming the setting, its value and what would be right
 */
export function loadConfig(env: Env, demo?: Demo): Config {
  const host = readHost(env)
  const real = readServers(env)
  const servers = real ?? demo?.servers
  if (servers === undefined) {
    throw new ConfigError('CPANEL_URL', undefined, 'no server is configured: set CPANEL_URL, WHM_URL or SERVERS_FILE')
  }
  return {
    host,
    port: readNumber(env, 'PORT', 4380, { min: 0, max: 65_535, unit: 'port number' }),
    servers,
    demoLogins: real === undefined ? (demo?.logins ?? []) : [],
    allowedHosts: ['localhost', '127.0.0.1', '[::1]', inUrl(host), ...readAllowedHosts(env)],
    timeouts: {
      connectMs: readSeconds(env, 'CONNECT_TIMEOUT', 10),
      // 52.9 s were seen on a busy server (docs/CPANEL_API.md section 12).
      answerMs: readSeconds(env, 'ANSWER_TIMEOUT', 60),
      bodyMs: readSeconds(env, 'BODY_TIMEOUT', 30),
    },
    sessions: {
      idleMs: readSeconds(env, 'SESSION_IDLE_TIMEOUT', 30 * 60),
      maxAgeMs: readSeconds(env, 'SESSION_MAX_AGE', 12 * 60 * 60),
    },
    limits: {
      failedSignIns: readNumber(env, 'SIGN_IN_LIMIT', 5, { min: 1, max: 1_000_000, unit: 'number of failures' }),
      signInsPerMinute: readNumber(env, 'SIGN_IN_RATE', 30, { min: 1, max: 1_000_000, unit: 'number per minute' }),
      requestsPerMinute: readNumber(env, 'REQUEST_RATE', 1200, { min: 1, max: 1_000_000, unit: 'number per minute' }),
    },
    fanoutParallel: readNumber(env, 'FANOUT_PARALLEL', 8, { min: 1, max: 64, unit: 'number of calls' }),
    logLevel: readLogLevel(env),
  }
}

/** A host as it stands in a URL: an IPv6 address in brackets. */
export function inUrl(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host.toLowerCase()
}

function readServers(env: Env): ServerConfig[] | undefined {
  const file = setting(env, 'SERVERS_FILE')
  if (file === undefined) return serverFromEnv((name) => setting(env, name))
  for (const name of ['CPANEL_URL', 'WHM_URL', 'CPANEL_CA', 'CPANEL_FINGERPRINT256']) {
    const value = setting(env, name)
    if (value !== undefined)
      throw new ConfigError(name, value, 'unset it, or SERVERS_FILE: both say which servers there are')
  }
  return serversFromFile(file)
}

/** A setting's value; an empty one counts as not set. */
function setting(env: Env, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

function readNumber(env: Env, name: string, standard: number, range: { min: number; max: number; unit: string }) {
  const value = setting(env, name)
  if (value === undefined) return standard
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN
  if (number >= range.min && number <= range.max) return number
  throw new ConfigError(name, value, `use a ${range.unit} from ${range.min} to ${range.max}`)
}

function readSeconds(env: Env, name: string, standard: number): number {
  return readNumber(env, name, standard, { min: 1, max: 604_800, unit: 'number of seconds' }) * 1000
}

const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

function readHost(env: Env): string {
  const value = setting(env, 'HOST') ?? '127.0.0.1'
  if (isIP(value) !== 0 || hostName.test(value)) return value
  throw new ConfigError('HOST', value, 'use an IP address or host name of this machine, such as 127.0.0.1')
}

function readAllowedHosts(env: Env): string[] {
  return (setting(env, 'ALLOWED_HOSTS')?.split(',') ?? []).map((part) => {
    const name = part.trim()
    if (isIP(name) !== 0 || hostName.test(name)) return inUrl(name)
    throw new ConfigError('ALLOWED_HOSTS', name, 'use host names without scheme and port, separated by commas')
  })
}

function readLogLevel(env: Env): Config['logLevel'] {
  const value = setting(env, 'LOG_LEVEL') ?? 'info'
  const level = logLevels.find((level) => level === value)
  if (level === undefined) throw new ConfigError('LOG_LEVEL', value, `use one of ${logLevels.join(', ')}`)
  return level
}
