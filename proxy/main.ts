import { fileURLToPath } from 'node:url'
import { ConfigError } from './configError'
import { startServer } from './server'

// The program: `node dist/server/main.js`, settings in the environment, the page beside it in dist/client.
try {
  await startServer({ env: process.env, staticDir: fileURLToPath(new URL('../client', import.meta.url)) })
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
