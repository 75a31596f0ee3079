import type { Plugin } from 'vite'

/**
 * Mounts the very handler of production inside `vite dev`, under /api. It is part of Vite's configuration, so a change to
 * proxy/ or demo/ makes Vite start itself again. Where no server is configured the demo runs beside it, as in `npm start`.
 */
export function proxyInDevelopment(): Plugin {
  return {
    name: 'keyring-proxy-in-development',
    apply: (_config, { command, mode }) => command === 'serve' && mode === 'development',
    async configureServer(server) {
      const [{ createApp }, { isConfigured, loadConfig }, { startDemosBeside }] = await Promise.all([
        import('../proxy/app'),
        import('../proxy/config'),
        import('./demoBeside'),
      ])
      const demo = isConfigured(process.env) ? undefined : await startDemosBeside(process.env)
      const app = await createApp({ config: loadConfig(process.env, demo?.asConfigured) })
      await app.ready()
      server.httpServer?.once('close', () => void Promise.all([app.close(), demo?.close()]))
      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith('/api/')) app.routing(request, response)
        else next()
      })
    },
  }
}
