import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import { ConfigError } from './configError'

/**
 * One server people can sign in to. `cpanel` and `whm` are origins (`https://host:2083`), at least one is there; `ca`
 * is PEM; `fingerprint256` is SHA-256 in capital hex pairs with colons.
 */
export type ServerConfig = {
  id: string
  name: string
  cpanel?: string
  whm?: string
  ca?: string
  fingerprint256?: string
}

const fileSchema = v.array(
  v.strictObject({
    id: v.string(),
    name: v.string(),
    cpanel: v.optional(v.string()),
    whm: v.optional(v.string()),
    ca: v.optional(v.string()),
    fingerprint256: v.optional(v.string()),
  }),
)

/**
 * The one server given by CPANEL_URL, WHM_URL, CPANEL_CA and CPANEL_FINGERPRINT256; undefined when there is none.
 *
 * @param setting answers a setting's value by its name
 * @throws ConfigError
 */
export function serverFromEnv(setting: (name: string) => string | undefined): ServerConfig[] | undefined {
  const cpanel = setting('CPANEL_URL')
  const whm = setting('WHM_URL')
  const ca = setting('CPANEL_CA')
  const fingerprint = setting('CPANEL_FINGERPRINT256')
  const address = cpanel ?? whm
  if (address === undefined) {
    if (ca !== undefined) throw new ConfigError('CPANEL_CA', ca, 'set CPANEL_URL or WHM_URL too, or unset it')
    if (fingerprint === undefined) return undefined
    throw new ConfigError('CPANEL_FINGERPRINT256', fingerprint, 'set CPANEL_URL or WHM_URL too, or unset it')
  }
  const server: ServerConfig = {
    id: 'main',
    name: '',
    ...(cpanel !== undefined && { cpanel: readOrigin('CPANEL_URL', cpanel) }),
    ...(whm !== undefined && { whm: readOrigin('WHM_URL', whm) }),
    ...(ca !== undefined && { ca: readCa('CPANEL_CA', ca, process.cwd()) }),
    ...(fingerprint !== undefined && { fingerprint256: readFingerprint('CPANEL_FINGERPRINT256', fingerprint) }),
  }
  return [{ ...server, name: new URL(address).hostname }]
}

/**
 * The servers listed in a JSON file: `[{id, name, cpanel?, whm?, ca?, fingerprint256?}]`. A path in `ca` is relative to
 * the file.
 *
 * @throws ConfigError naming the entry
 */
export function serversFromFile(path: string): ServerConfig[] {
  const servers = parseServers('SERVERS_FILE', path, readText(path))
  if (servers.length === 0) throw new ConfigError('SERVERS_FILE', path, 'list at least one server')
  return servers
}

/**
 * The servers in the text of such a file; there may be none.
 *
 * @param setting names the file in errors
 * @throws ConfigError naming the entry
 */
export function parseServers(setting: string, path: string, text: string): ServerConfig[] {
  const entries = v.safeParse(fileSchema, parseJson(setting, path, text))
  if (!entries.success) {
    const [issue] = entries.issues
    const where = v.getDotPath(issue)
    throw new ConfigError(setting, path, `${where === null ? '' : `at ${where}: `}${issue.message}`)
  }
  const servers = entries.output.map((entry, index) => {
    const at = (field: string) => `${setting} ${path}, [${index}].${field}`
    if (!/^[a-z0-9-]{1,64}$/.test(entry.id)) {
      throw new ConfigError(at('id'), entry.id, 'use small letters, digits and dashes')
    }
    if (entry.name.trim() === '') throw new ConfigError(at('name'), entry.name, 'give it a name for people')
    if (entry.cpanel === undefined && entry.whm === undefined) {
      throw new ConfigError(at('cpanel'), undefined, 'give the address of cpanel, of whm, or both')
    }
    return {
      id: entry.id,
      name: entry.name.trim(),
      ...(entry.cpanel !== undefined && { cpanel: readOrigin(at('cpanel'), entry.cpanel) }),
      ...(entry.whm !== undefined && { whm: readOrigin(at('whm'), entry.whm) }),
      ...(entry.ca !== undefined && { ca: readCa(at('ca'), entry.ca, dirname(path)) }),
      ...(entry.fingerprint256 !== undefined && {
        fingerprint256: readFingerprint(at('fingerprint256'), entry.fingerprint256),
      }),
    }
  })
  const double = servers.find(({ id }, index) => servers.findIndex((other) => other.id === id) !== index)
  if (double !== undefined) throw new ConfigError(setting, path, `the id ${double.id} is there twice`)
  return servers
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new ConfigError('SERVERS_FILE', path, 'use the path of a file that can be read')
  }
}

function parseJson(setting: string, path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ConfigError(setting, path, 'the file must hold a JSON list of servers')
  }
}

/** @throws ConfigError for what is more or less than `https://HOST:PORT` */
export function readOrigin(name: string, value: string): string {
  const advice = 'use https://HOST:PORT and nothing more, such as https://server.example.com:2083'
  const url = URL.canParse(value) ? new URL(value) : undefined
  // Credentials typed into the address must not be repeated in a message.
  if (value.includes('@')) throw new ConfigError(name, undefined, advice)
  if (url === undefined) throw new ConfigError(name, value, advice)
  // A password sent over plain http could be read by anyone on the way.
  if (url.protocol !== 'https:') throw new ConfigError(name, value, 'use https: nothing else is supported')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') throw new ConfigError(name, value, advice)
  return url.origin
}

function readCa(name: string, value: string, folder: string): string {
  const advice = 'use the path of a PEM file with a certificate, or its text'
  const isText = value.includes('-----BEGIN')
  try {
    const pem = isText ? value : readFileSync(resolve(folder, value), 'utf8')
    checkCertificate(pem)
    return pem
  } catch {
    // Text that is no certificate may be a private key: it is not repeated.
    throw new ConfigError(name, isText ? undefined : value, advice)
  }
}

function checkCertificate(pem: string): X509Certificate {
  return new X509Certificate(pem)
}

/** A SHA-256 fingerprint in capital hex pairs with colons. @throws ConfigError */
export function readFingerprint(name: string, value: string): string {
  const hex = value.replaceAll(':', '').toUpperCase()
  const pairs = /^[0-9A-F]{64}$/.test(hex) ? hex.match(/../g) : null
  if (pairs === null)
    throw new ConfigError(name, value, 'use a SHA-256 fingerprint: 64 hex digits, with or without colons')
  return pairs.join(':')
}
