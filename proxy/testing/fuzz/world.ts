import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../app'
import { loadConfig } from '../../config'
import { createBrowser } from '../browser'
import { people } from './calls'
import { cause, createFakeUpstreams } from './upstream'

/** Nothing that the fuzzer sends is refused for coming too often: that would hide what lies behind. */
const limits = {
  REQUEST_RATE: '1000000',
  USER_REQUEST_RATE: '1000000',
  SIGN_IN_RATE: '1000000',
  SIGN_IN_LIMIT: '1000000',
  SIGN_IN_ADDRESS_LIMIT: '1000000',
  SIGN_IN_USER_LIMIT: '1000000',
}

/** How each of them signs in. Secrets say so, that they are recognised wherever they turn up. */
const signIns = {
  alice: { ...people.alice, token: 'SECRETTOKENOFALICE' },
  bob: { ...people.bob, password: 'SECRET of bob' },
  wendy: { ...people.wendy, token: 'SECRETTOKENOFWENDY' },
  gone: { server: 'main', kind: 'cpanel', username: 'gone', password: 'SECRET of gone' },
} as const

/** The proxy, listening, with a page to serve and people who are signed in, before servers in memory. */
export async function createWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'keyring-fuzz-'))
  const staticDir = join(folder, 'page')
  mkdirSync(join(staticDir, 'assets'), { recursive: true })
  const files = {
    'page/index.html': '<!doctype html><title>Keyring</title>',
    'page/favicon.svg': '<svg/>',
    'page/assets/main-abc.js': 'script',
    'page/.env': 'SECRET in a hidden file',
    'SECRET.txt': 'SECRET beside the page',
    'servers.json': JSON.stringify(['main', 'second'].map(serverOf)),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)

  const { upstreams, sent, issued } = createFakeUpstreams()
  const config = loadConfig({
    ...limits,
    SERVERS_FILE: join(folder, 'servers.json'),
    ADD_SERVERS: 'no',
    LOG_LEVEL: 'warn',
    PORT: '0',
  })
  const log: string[] = []
  const app = await createApp({ config, staticDir, upstreams, logStream: { write: (line) => log.push(line) } })
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
  // Fastify's own listener comes after this one, and all that follows from the request runs in its context.
  app.server.prependListener('request', (request) => cause.enterWith(String(request.headers['x-case'])))

  return {
    port,
    sent,
    issued,
    log,
    /** Signs everybody in anew, forgets what was before, and answers their cookies by name. */
    async begin(): Promise<ReadonlyMap<string, string>> {
      issued.clear()
      const cookies = new Map<string, string>()
      for (const [name, body] of Object.entries(signIns)) {
        const browser = createBrowser(app)
        const answer = await browser.post('/api/connections', body)
        const cookie = browser.cookies.get('keyring')
        if (cookie === undefined) throw new Error(`${name} can't sign in: ${answer.body}`)
        cookies.set(name, cookie)
        if (name === 'gone') await browser.delete('/api/connections')
      }
      sent.length = 0
      log.length = 0
      return cookies
    },
    async close(): Promise<void> {
      await app.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function serverOf(id: string) {
  return { id, name: id, cpanel: `https://${id}.example:2083`, whm: `https://${id}.example:2087` }
}
