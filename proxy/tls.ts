import { isIP } from 'node:net'
import { connect, TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'

/** How a server's certificate is trusted: by the known authorities, by `ca` (PEM) alone, or by its fingerprint. */
export type Trust = { ca?: string; fingerprint256?: string }

/**
 * The server's certificate is not the one to trust. No byte of a request has been sent. `fingerprint256` is the one that
 * was shown, where it could be seen, and `expected256` the pinned one, where one is.
 */
export class UntrustedCertificate extends Error {
  readonly fingerprint256: string | undefined
  readonly expected256: string | undefined

  constructor(reason: string, fingerprint256: string | undefined, expected256?: string) {
    super(reason)
    this.name = 'UntrustedCertificate'
    this.fingerprint256 = fingerprint256
    this.expected256 = expected256
  }
}

// Node's names for a certificate that fails verification: https://nodejs.org/docs/latest-v20.x/api/tls.html
const certificateErrors =
  /^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(CA|PURPOSE)|PATH_LENGTH|HOSTNAME_|ERR_TLS_CERT_)/

/**
 * Makes undici's connections to one server. A connection is handed over only after its certificate was accepted;
 * until then nothing of the request has been written. Fails with `UntrustedCertificate`.
 *
 * TLS sessions are never resumed: a resumed one shows no certificate on Node 20, so there would be nothing to check.
 */
export function createConnector(trust: Trust, connectMs: number): buildConnector.connector {
  return trust.fingerprint256 === undefined
    ? verifiedConnector(trust.ca, connectMs)
    : pinnedConnector(trust.fingerprint256, connectMs)
}

function verifiedConnector(ca: string | undefined, connectMs: number): buildConnector.connector {
  const connector = buildConnector({ ...(ca !== undefined && { ca }), maxCachedSessions: 0, timeout: connectMs })
  return (options, callback) => {
    connector(options, (...result) => {
      const [error] = result
      const code = error === null ? '' : codeOf(error)
      if (error === null || !certificateErrors.test(code)) return callback(...result)
      showFingerprint(options, connectMs, (shown) => callback(new UntrustedCertificate(code, shown), null))
    })
  }
}

function pinnedConnector(pin: string, connectMs: number): buildConnector.connector {
  // Node's own verification would refuse a self-signed certificate before it can be compared. In its place stands
  // the comparison below, which asks for more: not a certificate that somebody signed, but exactly this one.
  const connector = buildConnector({ rejectUnauthorized: false, maxCachedSessions: 0, timeout: connectMs })
  return (options, callback) => {
    connector(options, (...result) => {
      const [error, socket] = result
      if (error !== null) return callback(...result)
      const shown = socket instanceof TLSSocket ? fingerprintOf(socket) : undefined
      if (shown === pin) return callback(...result)
      socket?.destroy()
      callback(new UntrustedCertificate('it is not the pinned one', shown, pin), null)
    })
  }
}

/** Looks at a refused certificate over a connection of its own, which carries no request, so a person can compare. */
function showFingerprint(
  { hostname: host, port }: buildConnector.Options,
  timeout: number,
  show: (fingerprint: string | undefined) => void,
): void {
  const servername = isIP(host) === 0 ? { servername: host } : {}
  const socket = connect({ host, port: Number(port || 443), ...servername, rejectUnauthorized: false })
  let shown: string | undefined
  socket.setTimeout(timeout, () => socket.destroy())
  socket.once('secureConnect', () => {
    shown = fingerprintOf(socket)
    socket.destroy()
  })
  socket.once('error', () => socket.destroy())
  socket.once('close', () => show(shown))
}

function fingerprintOf(socket: TLSSocket): string | undefined {
  return socket.getPeerX509Certificate()?.fingerprint256
}

/** The `code` of a Node or undici error, or ''. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
