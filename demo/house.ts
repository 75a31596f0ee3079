import { makeCertificate, type Certificate } from './certificate'
import type { AddedListener, ListenerOptions } from './demo'
import type { Exchange } from './exchange'
import { listen, listenPlain, type Handle, type Listener, type Place } from './listener'
import { isDead } from './fate'
import type { Kind } from './options'
import { plainPage } from './pages'
import { makeQueue } from './queue'
import { send } from './reply'
import { readRequest } from './request'
import { route } from './router'
import { nowMs, type World } from './world'

/** All doors of one server. */
export interface House {
  readonly urls: Readonly<Record<Kind, string>>
  add(options: ListenerOptions): Promise<AddedListener>
  /** Breaks every connection if the server is dead. */
  breakIfDead(): void
  close(): Promise<void>
}

/** Opens the two services with one certificate. Rejects when a port is taken, with nothing left open. */
export async function openHouse(world: World, certificate: Certificate): Promise<House> {
  const { host, cpanelPort, whmPort } = world.settings
  const listeners = new Set<Listener>()
  const urls = { cpanel: '', whm: '' }
  const queue = makeQueue(() => world.settings.maxParallel)
  try {
    urls.cpanel = await open('cpanel', cpanelPort, certificate)
    urls.whm = await open('whm', whmPort, certificate)
  } catch (error) {
    await close()
    throw error
  }
  return { urls, add, breakIfDead, close }

  async function open(kind: Kind, port: number, shown: Certificate): Promise<string> {
    const listener = await listen(at(port), shown, handler(kind))
    listeners.add(listener)
    return urlOf('https', host, listener.port)
  }

  async function add({ kind, certificate: flaw, port = 0 }: ListenerOptions): Promise<AddedListener> {
    const shown = flaw === 'no-tls' ? null : flaw === 'none' ? certificate : await makeCertificate(flaw)
    const listener =
      shown === null ? await listenPlain(at(port), urls[kind]) : await listen(at(port), shown, handler(kind))
    listeners.add(listener)
    return {
      url: urlOf(shown === null ? 'http' : 'https', host, listener.port),
      certificatePem: shown?.pem ?? '',
      fingerprint256: shown?.fingerprint256 ?? '',
      close: () => listener.close(),
    }
  }

  function at(port: number): Place {
    return { host, port, isDead: () => isDead(world) }
  }

  function breakIfDead(): void {
    if (isDead(world)) for (const listener of listeners) listener.breakConnections()
  }

  async function close(): Promise<void> {
    await Promise.all([...listeners].map((listener) => listener.close()))
  }

  function isAnswered(exchange: Exchange): void {
    if (world.fate?.underWay.delete(exchange)) breakIfDead()
  }

  function handler(kind: Kind): Handle {
    return ({ request, response, signal, breakTls }) =>
      queue(async () => {
        if (signal.aborted) return
        const exchange = await readRequest(request, world, kind, urls, signal)
        if (exchange !== null) response.once('close', () => isAnswered(exchange))
        const reply = exchange === null ? plainPage(400, 'Bad Request') : await route(exchange)
        send(response, reply, nowMs(world, exchange?.clockOf ?? undefined), breakTls)
      })
  }
}

function urlOf(scheme: string, host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}
