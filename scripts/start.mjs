#!/usr/bin/env node
/**
 * `npm start`: sets up what is missing, then runs the built server, and beside it the demo server when nothing is
 * configured. The server itself prints the one line on stdout, `Ready: URL`, and ends on SIGTERM and Ctrl-C; the demo,
 * which its last requests may still need, lives in the same process and ends with it.
 */
import { setUp } from './setup.mjs'

await setUp('start')

const { whenLeftAlone } = await import('./ending.mjs')
const { ROOT, say } = await import('./run.mjs')
const { ConfigError, isConfigured, startServer } = await import('../dist/server/server.js')

/** A wrong setting says what would be right; anything unforeseen keeps its stack. */
function explain(error) {
  if (error instanceof ConfigError || error.name === 'WrongSetting') return error.message
  return error.stack ?? String(error)
}

async function startDemoServer() {
  const { optionsFromEnvironment, startDemo } = await import('../dist/server/demo.js')
  return startDemo(optionsFromEnvironment?.(process.env) ?? {})
}

/** The demo as the proxy's configuration wants it: a server to sign in to, and how. */
function asConfigured({ cpanelUrl, whmUrl, fingerprint256, logins }) {
  return {
    servers: [{ id: 'demo', name: 'Demo server', cpanel: cpanelUrl, whm: whmUrl, fingerprint256 }],
    // What proxy/contract.ts calls a DemoLogin, and no more.
    logins: logins.map(({ kind, username, password, code }) => ({
      server: 'demo',
      kind,
      username,
      password,
      ...(code !== undefined && { code }),
    })),
  }
}

try {
  const demo = isConfigured(process.env) ? undefined : await startDemoServer()
  await startServer({
    env: process.env,
    staticDir: `${ROOT}/dist/client`,
    ...(demo && { demo: asConfigured(demo) }),
  })
  whenLeftAlone(() => process.kill(process.pid, 'SIGTERM'))
} catch (error) {
  say(explain(error))
  // Not only `exitCode`: a demo that has started would go on.
  process.exit(1)
}
