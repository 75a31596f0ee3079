import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { collectDefaultMetrics } from 'prom-client'
import type { Config } from './config'
import { ConfigError } from './configError'
import type { Metrics } from './metrics'
import { inUrl } from './settings'
import { codeOf } from './tls'

/** Where it listens (`http://HOST:PORT`), and how it ends. */
export type MetricsServer = { url: string; close: () => Promise<void> }

/**
 * Answers GET /metrics in Prometheus' text format, at an address of its own: whoever may sign in need not know how busy
 * the proxy is. What Node itself has to tell (memory, event loop, garbage collection) is counted from then on as well.
 *
 * @throws ConfigError when the address can't be listened on
 */
export async function serveMetrics(
  { registry }: Metrics,
  { host, port }: NonNullable<Config['metrics']>,
): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    void answer(request, response)
  })

  async function answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (method !== 'GET' || url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    try {
      const text = await registry.metrics()
      const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
      response.writeHead(200, { 'content-type': registry.contentType, ...headers }).end(text)
    } catch {
      response.writeHead(500).end()
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(wrongAddress(error, host, port)))
    server.listen(port, host, resolve)
  })
  collectDefaultMetrics({ register: registry })
  const address = server.address()
  // METRICS_PORT=0 lets the system choose.
  const used = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${inUrl(host)}:${used}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function wrongAddress(error: Error, host: string, port: number): ConfigError {
  const code = codeOf(error)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new ConfigError('METRICS_HOST', host, 'this is no address of this machine')
  }
  return new ConfigError('METRICS_PORT', String(port), `it can't be listened on (${code}): choose another`)
}
