import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Certificate } from './certificate'

/** A listening service. */
export interface Listener {
  readonly port: number
  /** Ends every connection, once what was sent has left. */
  breakConnections(): void
  /** Stops listening and ends every connection at once. */
  close(): Promise<void>
}

/** Works on one request; the signal is aborted when the client goes away. */
export type Handle = (exchange: Wire) => Promise<void>

/** A request on the wire; `breakTls` puts on its connection what is no TLS, and ends it. */
interface Wire {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly signal: AbortSignal
  readonly breakTls: () => void
}

/** Where to listen; whoever connects while `isDead` is let go at once. */
export interface Place {
  readonly host: string
  readonly port: number
  readonly isDead: () => boolean
}

/** Listens with TLS. Rejects when the port is taken. */
export function listen(place: Place, certificate: Certificate, handle: Handle): Promise<Listener> {
  const server = createServer({ key: certificate.key, cert: certificate.pem, keepAliveTimeout: 60_000 })
  /** The connections below TLS, by the port of their other end. */
  const raw = new Map<number | undefined, Socket>()
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket
    raw.set(remotePort, socket)
    socket.once('close', () => raw.delete(remotePort))
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // The Date header shows the demo's clock, not this machine's.
    response.sendDate = false
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const breakTls = () => raw.get(request.socket.remotePort)?.end('this is no TLS\n')
    handle({ request, response, signal: gone.signal, breakTls }).catch((error: unknown) => {
      if (gone.signal.aborted) return
      process.stderr.write(`demo: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      response.socket?.destroy()
    })
  })
  return start(server, place)
}

/** Listens without TLS and sends everybody to `target`, as 2082 and 2086 do (section 4.2). */
export function listenPlain(place: Place, target: string): Promise<Listener> {
  const server = createPlainServer((request, response) => {
    response.writeHead(301, { Location: `${target}${request.url ?? '/'}` }).end()
  })
  return start(server, place)
}

async function start(server: Server, { host, port, isDead }: Place): Promise<Listener> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    if (isDead()) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { port: portOf(server.address()), breakConnections, close }

  function breakConnections(): void {
    for (const socket of sockets) socket.destroySoon()
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the listener has no port')
  return address.port
}
