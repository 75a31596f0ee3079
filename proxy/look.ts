import { isIP } from 'node:net'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import type { FailedDoor, ServerCertificate } from './contract'
import { describeCertificate } from './lookCertificate'
import type { DoorToTry } from './lookAddress'
import { codeOf } from './tls'

/** What one door showed, or why it showed nothing. */
type Look = { certificate: ServerCertificate } | { why: FailedDoor['why'] }

type LookOptions = {
  timeoutMs: number
  /** Ends it early: the person went away. */
  signal: AbortSignal
  /** PEM, in place of the authorities that Node knows. For tests. */
  ca?: string
  /** How long the other doors may take once one has answered: a firewall that swallows packets is not waited out. */
  graceMs?: number
}

export type DoorLook = DoorToTry & Look

/** Looks at several doors side by side; answers all in the order given. */
export async function lookAtAll(doors: readonly DoorToTry[], options: LookOptions): Promise<DoorLook[]> {
  const late = new AbortController()
  const signal = AbortSignal.any([options.signal, late.signal])
  let timer: NodeJS.Timeout | undefined
  const looks = await Promise.all(
    doors.map(async (door): Promise<DoorLook> => {
      const look = await lookAt(door.origin, { ...options, signal })
      if ('certificate' in look) timer ??= setTimeout(() => late.abort(), options.graceMs ?? 3_000)
      return { ...door, ...look }
    }),
  )
  clearTimeout(timer)
  return looks
}

/**
 * Makes a TLS connection, reads the certificate and hangs up: not a byte of a request is sent. Whatever certificate there
 * is gets shown, so that a person can judge it; whether it needs judging is told by `isTrusted`.
 */
export function lookAt(origin: string, { timeoutMs, signal, ca }: LookOptions): Promise<Look> {
  const url = new URL(origin)
  const host = url.hostname.replaceAll(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ why: 'timeout' })
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca }),
      rejectUnauthorized: false,
    })
    let isConnected = false
    const end = (look: Look) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      // The end of a handshake is sent before hanging up: servers would log one that is torn down as a fault.
      if ('certificate' in look) socket.destroySoon()
      else socket.destroy()
      resolve(look)
    }
    const giveUp = () => end({ why: 'timeout' })
    // Not the socket's own timeout: that starts anew with each packet.
    const timer = setTimeout(giveUp, timeoutMs)
    signal.addEventListener('abort', giveUp)
    socket.once('connect', () => (isConnected = true))
    socket.once('secureConnect', () => end(readCertificate(socket, host)))
    socket.on('error', (error) => end({ why: isConnected ? 'no-tls' : (whys.get(codeOf(error)) ?? 'unreachable') }))
    socket.once('close', () => end({ why: isConnected ? 'no-tls' : 'unreachable' }))
  })
}

const whys: ReadonlyMap<string, FailedDoor['why']> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'unknown-host'],
  ['EAI_AGAIN', 'unknown-host'],
  ['ETIMEDOUT', 'timeout'],
])

function readCertificate(socket: TLSSocket, host: string): Look {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return { why: 'no-tls' }
  return {
    certificate: describeCertificate(certificate, {
      isTrusted: socket.authorized,
      isForHost: checkServerIdentity(host, certificate.toLegacyObject()) === undefined,
      now: Date.now(),
    }),
  }
}
