import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { ConfigError } from './configError'
import type { DemoLogin } from './contract'
import { serverFromEnv, serversFromFile, type ServerConfig } from './servers'
import {
  inUrl,
  isLoopback,
  readHost,
  readHostNames,
  readNetworks,
  readNumber,
  readSeconds,
  readWord,
  setting,
  type Env,
} from './settings'

export type { ServerConfig } from './servers'

/** The simulated server that stands in when no real one is configured, and how to get in to it. */
export type Demo = { servers: ServerConfig[]; logins: DemoLogin[] }

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Where audit lines go; `null` for where the log goes. */
export type AuditTarget = { kind: 'stdout' } | { kind: 'file'; path: string } | null

/** All settings, checked. Times are in milliseconds here and in seconds in the environment. */
export type Config = {
  host: string
  port: number
  servers: ServerConfig[]
  demoLogins: DemoLogin[]
  /** Whether people may add servers by typing an address: only where nobody but this machine's own people come in. */
  canAddServers: boolean
  /** Where added servers are remembered: a path. */
  addedServersFile: string
  /** Host names (lower case, without port) the proxy answers to. */
  allowedHosts: string[]
  /** Paths of PEM files; null to speak plain http. */
  tls: { certFile: string; keyFile: string } | null
  /** Addresses and networks whose word on who asks (X-Forwarded-For, X-Forwarded-Proto) is taken. */
  trustProxy: string[]
  /** Where sessions and limits are kept, for all instances together; null for this process's memory. */
  redisUrl: string | null
  timeouts: { connectMs: number; answerMs: number; bodyMs: number }
  sessions: { idleMs: number; maxAgeMs: number }
  limits: {
    /** Failed sign-ins of one user from one address, before a wait that doubles with each more. */
    failedSignIns: number
    /** The same of one address, whoever it tries. */
    failedSignInsPerAddress: number
    /** The same of one user, from all addresses. */
    failedSignInsPerUser: number
    /** The same of all users of a server. */
    failedSignInsPerServer: number
    signInsPerMinute: number
    /** Of one address. */
    requestsPerMinute: number
    /** Of one signed-in user of one server, from wherever. */
    userRequestsPerMinute: number
  }
  /** Calls of a fan-out under way at a time, for each server. */
  fanoutParallel: number
  /** All calls under way at a time, for each front door of a server. */
  upstreamConnections: number
  logLevel: (typeof logLevels)[number]
  audit: AuditTarget
  /** Where Prometheus may ask; null for nowhere. */
  metrics: { host: string; port: number } | null
  /** How long what runs may take to finish when the server is told to stop. */
  shutdownMs: number
  /** How long it goes on serving before that, until balancers have noticed that it is not ready any more. */
  shutdownDelayMs: number
}

/** Whether a real server is configured at all. If not, the demo server stands in. */
export function isConfigured(env: Env): boolean {
  return ['CPANEL_URL', 'WHM_URL', 'SERVERS_FILE'].some((name) => setting(env, name) !== undefined)
}

/**
 * Reads and checks every setting.
 *
 * @param demo used only when no real server is configured
 * @throws ConfigError naming the setting, its value and what would be right
 */
export function loadConfig(env: Env, demo?: Demo): Config {
  const host = readHost(env, 'HOST')
  const real = readServers(env)
  const servers = real ?? demo?.servers
  if (servers === undefined) {
    throw new ConfigError('CPANEL_URL', undefined, 'no server is configured: set CPANEL_URL, WHM_URL or SERVERS_FILE')
  }
  const tls = readTls(env)
  const trustProxy = readNetworks(env, 'TRUST_PROXY')
  const { fanoutParallel, upstreamConnections } = readParallel(env)
  checkEncrypted(env, host, tls !== null || trustProxy.length > 0)
  return {
    host,
    port: readNumber(env, 'PORT', 4380, { min: 0, max: 65_535, unit: 'port number' }),
    servers,
    demoLogins: real === undefined ? (demo?.logins ?? []) : [],
    canAddServers: isForThisMachine(env, host) && readWord(env, 'ADD_SERVERS', 'yes', yesNo) === 'yes',
    addedServersFile: setting(env, 'ADDED_SERVERS_FILE') ?? join(configFolder(env), 'servers.json'),
    allowedHosts: ['localhost', '127.0.0.1', '[::1]', inUrl(host), ...readHostNames(env, 'ALLOWED_HOSTS')],
    tls,
    trustProxy,
    redisUrl: readRedisUrl(env),
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
      failedSignIns: readCount(env, 'SIGN_IN_LIMIT', 4, 'failures'),
      failedSignInsPerAddress: readCount(env, 'SIGN_IN_ADDRESS_LIMIT', 20, 'failures'),
      failedSignInsPerUser: readCount(env, 'SIGN_IN_USER_LIMIT', 12, 'failures'),
      failedSignInsPerServer: readCount(env, 'SIGN_IN_SERVER_LIMIT', 100, 'failures'),
      signInsPerMinute: readCount(env, 'SIGN_IN_RATE', 30, 'sign-ins a minute'),
      requestsPerMinute: readCount(env, 'REQUEST_RATE', 1200, 'requests a minute'),
      userRequestsPerMinute: readCount(env, 'USER_REQUEST_RATE', 2400, 'requests a minute'),
    },
    fanoutParallel,
    upstreamConnections,
    logLevel: readWord(env, 'LOG_LEVEL', 'info', logLevels),
    audit: readAudit(env),
    metrics: readMetrics(env),
    shutdownMs: readSeconds(env, 'SHUTDOWN_TIMEOUT', 30),
    shutdownDelayMs: readNumber(env, 'SHUTDOWN_DELAY', 0, { min: 0, max: 600, unit: 'number of seconds' }) * 1000,
  }
}

const yesNo = ['yes', 'no'] as const

/** A server in front, known by TRUST_PROXY or by the name it is reached by, lets others in though we listen on loopback. */
function isForThisMachine(env: Env, host: string): boolean {
  return isLoopback(host) && ['TRUST_PROXY', 'ALLOWED_HOSTS'].every((name) => setting(env, name) === undefined)
}

function readCount(env: Env, name: string, standard: number, unit: string): number {
  return readNumber(env, name, standard, { min: 1, max: 1_000_000, unit: `number of ${unit}` })
}

/** Passwords come in here: beyond this machine nobody may be able to read along. */
function checkEncrypted(env: Env, host: string, isEncrypted: boolean): void {
  if (isEncrypted || isLoopback(host) || readWord(env, 'PLAIN_HTTP', 'no', yesNo) === 'yes') return
  throw new ConfigError(
    'HOST',
    host,
    'others could read passwords on their way here: set TLS_CERT and TLS_KEY, or TRUST_PROXY to the address of the TLS ' +
      'server in front (PLAIN_HTTP=yes is for a network of your own)',
  )
}

/** Reading many accounts may take half of a server's connections, never what a person waits for. */
function readParallel(env: Env): Pick<Config, 'fanoutParallel' | 'upstreamConnections'> {
  const fanoutParallel = readNumber(env, 'FANOUT_PARALLEL', 8, { min: 1, max: 64, unit: 'number of calls' })
  const unit = 'number of connections, twice FANOUT_PARALLEL or more,'
  const range = { min: 2 * fanoutParallel, max: 4096, unit }
  return { fanoutParallel, upstreamConnections: readNumber(env, 'UPSTREAM_CONNECTIONS', 128, range) }
}

function readTls(env: Env): Config['tls'] {
  const [certFile, keyFile] = [setting(env, 'TLS_CERT'), setting(env, 'TLS_KEY')]
  if (certFile === undefined && keyFile === undefined) return null
  if (certFile === undefined) throw new ConfigError('TLS_CERT', undefined, 'set it too: TLS_KEY is set')
  if (keyFile === undefined) throw new ConfigError('TLS_KEY', undefined, 'set it too: TLS_CERT is set')
  return { certFile, keyFile }
}

function readRedisUrl(env: Env): string | null {
  const value = setting(env, 'REDIS_URL')
  if (value === undefined) return null
  // It may hold a password: it is not repeated.
  const advice = 'use redis://HOST:PORT, rediss:// with TLS, or unix:///PATH, with a user and password before an @'
  if (!URL.canParse(value)) throw new ConfigError('REDIS_URL', undefined, advice)
  if (!['redis:', 'rediss:', 'unix:'].includes(new URL(value).protocol)) {
    throw new ConfigError('REDIS_URL', undefined, advice)
  }
  return value
}

function readAudit(env: Env): AuditTarget {
  const value = setting(env, 'AUDIT_LOG')
  if (value === undefined) return null
  return value === 'stdout' ? { kind: 'stdout' } : { kind: 'file', path: resolve(value) }
}

function readMetrics(env: Env): Config['metrics'] {
  if (setting(env, 'METRICS_PORT') === undefined) return null
  return {
    host: readHost(env, 'METRICS_HOST'),
    port: readNumber(env, 'METRICS_PORT', 0, { min: 0, max: 65_535, unit: 'port number' }),
  }
}

/** Where programs of this person keep what they remember (XDG Base Directory Specification). */
function configFolder(env: Env): string {
  return join(setting(env, 'XDG_CONFIG_HOME') ?? join(homedir(), '.config'), 'cpanel-keyring')
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
