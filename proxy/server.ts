import { resolve } from 'node:path'
import { createApp } from './app'
import { loadConfig, type Config, type Demo } from './config'
import { ConfigError } from './configError'
import { followKeyPair, watchUnused } from './listener'
import { createMetrics } from './metrics'
import { serveMetrics, type MetricsServer } from './metricsServer'
import { inUrl, type Env } from './settings'
import { codeOf } from './tls'

export { isConfigured, type ServerConfig } from './config'
export { ConfigError } from './configError'

/** `staticDir` holds the built page; `demo` stands in when `env` configures no real server. */
export type ServerOptions = { env: Env; staticDir: string; demo?: Demo }

/**
 * Starts the production server and prints `Ready: http://HOST:PORT`, the only line on stdout. SIGTERM and SIGINT let
 * running requests finish and end the process; `close` does the same without ending it.
 *
 * @throws ConfigError when a setting is wrong or the address can't be listened on
 */
export async function startServer({ env, staticDir, demo }: ServerOptions) {
  const config = loadConfig(env, demo)
  const metrics = config.metrics === null ? undefined : createMetrics()
  const app = await createApp({ config, staticDir: resolve(staticDir), ...(metrics && { metrics }) })
  let metricsServer: MetricsServer | null = null
  try {
    if (metrics && config.metrics) metricsServer = await serveMetrics(metrics, config.metrics)
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await Promise.all([app.close(), metricsServer?.close()])
    throw listenError(error, config)
  }
  const closeUnused = watchUnused(app.server)
  if (metricsServer !== null) app.log.info({ url: `${metricsServer.url}/metrics` }, 'metrics are served')
  // PORT=0 lets the system choose.
  const [address] = app.addresses()
  const port = typeof address === 'object' ? address.port : config.port
  const url = `${config.tls === null ? 'http' : 'https'}://${inUrl(config.host)}:${port}`

  const stop = () => {
    // A second signal, or a request that never ends, must not keep the process.
    setTimeout(() => process.exit(1), config.shutdownDelayMs + config.shutdownMs).unref()
    app.drain()
    setTimeout(() => void close().then(() => process.exit(0)), config.shutdownDelayMs)
  }
  const close = async (): Promise<void> => {
    process.off('SIGTERM', stop).off('SIGINT', stop)
    // Connections that browsers keep open after their last answer, or for later, would hold it up for a minute.
    const reaper = setInterval(() => {
      app.server.closeIdleConnections()
      closeUnused()
    }, 50)
    await app.close().finally(() => clearInterval(reaper))
    // Last: how the stop goes can be watched.
    await metricsServer?.close()
    stopFollowing()
  }
  const stopFollowing =
    config.tls === null
      ? () => {}
      : followKeyPair(app.server, config.tls, {
          onChange: () => app.log.info('the new TLS certificate is shown from now on'),
          onFault: (error) => app.log.error({ why: asMessage(error) }, 'the new TLS certificate can’t be used'),
        })
  process.once('SIGTERM', stop).once('SIGINT', stop)

  process.stdout.write(`Ready: ${url}\n`)
  return { url, close }
}

function asMessage(error: unknown): string {
  return error instanceof ConfigError ? error.message : 'unforeseen'
}

function listenError(error: unknown, { host, port }: Config): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new ConfigError('PORT', String(port), 'this port is taken: stop what uses it or choose another')
    case 'EACCES':
      return new ConfigError('PORT', String(port), 'this port needs more rights: choose one above 1023')
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError('HOST', host, 'this is no address of this machine: use 127.0.0.1 or another of its own')
    default:
      return error
  }
}
