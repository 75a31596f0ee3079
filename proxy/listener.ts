import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { Config } from './config'
import { ConfigError } from './configError'
import { MOST_HEADERS } from './frontDoor'

/** How long a client may take, in milliseconds: whoever sends a byte now and then must not hold a connection for ever. */
export type Patience = {
  /** For all headers of a request. */
  headersMs: number
  /** For a whole request, body included. */
  requestMs: number
  /** Without a byte in either direction; longer than a server may take to answer (ANSWER_TIMEOUT and BODY_TIMEOUT). */
  silenceMs: number
  /** Between two requests; longer than servers in front keep theirs, or they would write into a closed one. */
  betweenMs: number
  /** How often all that is looked at. */
  checkedEveryMs: number
}

const standardPatience: Patience = {
  headersMs: 10_000,
  requestMs: 30_000,
  silenceMs: 180_000,
  betweenMs: 75_000,
  checkedEveryMs: 2_000,
}

/** What to listen with: plain http or TLS, and how patient. */
export function createListener(
  handler: RequestListener,
  tls: KeyPair | null,
  patience: Patience = standardPatience,
): Server {
  const options = {
    maxHeaderSize: 16 * 1024,
    headersTimeout: patience.headersMs,
    requestTimeout: patience.requestMs,
    keepAliveTimeout: patience.betweenMs,
    connectionsCheckingInterval: patience.checkedEveryMs,
    // A request without a Host is refused by Node itself; frontDoor.ts refuses one with two.
    requireHostHeader: true,
  } satisfies ServerOptions
  const server =
    tls === null
      ? createServer(options, handler)
      : // A handshake counts as headers do: until it is done there is no request whose time could run out.
        createTlsServer({ ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: patience.headersMs }, handler)
  server.maxHeadersCount = MOST_HEADERS
  server.setTimeout(patience.silenceMs)
  return server
}

/** A connection this old, in milliseconds, that has begun no request was opened by a browser for later. */
const UNUSED_AFTER_MS = 1_000

/**
 * Keeps an eye on connections over which no request has come yet. Node counts them as busy, and looks at their time no more
 * once a server closes: they would hold up its end until that is forced.
 *
 * @returns ends those that have been waiting for a second
 */
export function watchUnused(server: Server): () => void {
  const since = new Map<Socket, number>()
  // Under TLS requests come over a socket of its own, and the one below it would look unused for ever.
  server.on('setSecureContext' in server ? 'secureConnection' : 'connection', note)
  server.on('request', ({ socket }) => since.delete(socket))
  function note(socket: Socket): void {
    since.set(socket, Date.now())
    socket.once('close', () => since.delete(socket))
  }
  return () => {
    for (const [socket, at] of since) if (Date.now() - at >= UNUSED_AFTER_MS) socket.destroy()
  }
}

/** PEM texts. */
export type KeyPair = { cert: string; key: string }

/**
 * Reads certificate and key and sees that they belong together.
 *
 * @throws ConfigError naming the one that is wrong, never with what is in it
 */
export function readKeyPair({ certFile, keyFile }: NonNullable<Config['tls']>): KeyPair {
  const pair = { cert: readPem('TLS_CERT', certFile), key: readPem('TLS_KEY', keyFile) }
  try {
    createSecureContext({ cert: pair.cert })
  } catch {
    throw new ConfigError('TLS_CERT', certFile, 'use a PEM file with the certificate and those that signed it')
  }
  try {
    createSecureContext(pair)
  } catch {
    throw new ConfigError('TLS_KEY', keyFile, 'use the PEM file with the private key of TLS_CERT, without a passphrase')
  }
  return pair
}

function readPem(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new ConfigError(name, path, 'use the path of a file that can be read')
  }
}

/** Files are looked at, not listened to: renewals replace links and folders, which file events miss. */
const LOOK_EVERY_MS = 5_000

/**
 * Shows new connections the new certificate once the files change. A pair that does not fit (a renewal writes one after
 * the other) changes nothing and is told to `onFault`; the next look may find it whole.
 *
 * @returns stops looking
 */
export function followKeyPair(
  server: Server,
  files: NonNullable<Config['tls']>,
  { onChange, onFault }: { onChange: () => void; onFault: (error: unknown) => void },
  everyMs = LOOK_EVERY_MS,
): () => void {
  let shown = JSON.stringify(readKeyPair(files))
  const look = () => {
    try {
      const pair = readKeyPair(files)
      if (JSON.stringify(pair) === shown || !('setSecureContext' in server)) return
      if (typeof server.setSecureContext !== 'function') return
      server.setSecureContext({ ...pair, minVersion: 'TLSv1.2' })
      shown = JSON.stringify(pair)
      onChange()
    } catch (error) {
      onFault(error)
    }
  }
  for (const path of [files.certFile, files.keyFile]) watchFile(path, { interval: everyMs, persistent: false }, look)
  return () => {
    for (const path of [files.certFile, files.keyFile]) unwatchFile(path, look)
  }
}
