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

try {
  const { startDemosBeside } = await import('../dist/server/demo.js')
  const demo = isConfigured(process.env) ? undefined : await startDemosBeside(process.env)
  await startServer({
    env: process.env,
    staticDir: `${ROOT}/dist/client`,
    ...(demo && { demo: demo.asConfigured }),
  })
  whenLeftAlone(() => process.kill(process.pid, 'SIGTERM'))
} catch (error) {
  say(explain(error))
  // Not only `exitCode`: a demo that has started would go on.
  process.exit(1)
}
