/** What the benches of load and memory send, and whom they send it to. */
import autocannon from 'autocannon'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KEYRING, start } from './programs.mjs'

/** What Keyring's UPSTREAM_CONNECTIONS is by default. */
const UPSTREAM_CONNECTIONS = '128'

/** The call of which a page makes most. */
const PATH = '/api/connections/main.cpanel.bench/execute/Tokens/list'
const SIGN_IN = { server: 'main', kind: 'cpanel', username: 'bench', password: 'bench-password' }

/**
 * @typedef {{ url: string, pid: number, cookies: string[] }} Subject a proxy, and the cookies of the browsers that are signed
 *   in to it
 */

/** The server behind the proxies: `url`, `ca` (PEM) and `pid`. */
export async function startStub() {
  const { output, pid } = await start(
    fileURLToPath(import.meta.resolve('./cpanelStub.mjs')),
    {},
    /-----END CERTIFICATE-----\n/,
  )
  return { url: readyUrl(output), ca: output.slice(output.indexOf('-----BEGIN')), pid }
}

/**
 * Keyring as it runs in production, its log lines (one a request) in a file. What is set besides the server: as one
 * address and one user send everything, how often these may ask.
 *
 * @param {{ url: string, ca: string }} stub
 * @param {number} browsers how many sign in, each for a session of its own
 * @param {Record<string, string>} [env] more for the process
 * @returns {Promise<Subject & { log: string }>} `log` is that file; it is deleted when this process ends
 */
export async function startKeyring(stub, browsers, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'keyring-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const log = join(folder, 'log')
  const settings = {
    PORT: '0',
    CPANEL_URL: stub.url,
    CPANEL_CA: stub.ca,
    REQUEST_RATE: '1000000',
    USER_REQUEST_RATE: '1000000',
    SIGN_IN_RATE: '1000000',
  }
  const { output, pid } = await start(KEYRING, { ...settings, ...env }, /^Ready: .*\n/m, log)
  const url = readyUrl(output)
  const cookies = []
  while (cookies.length < browsers) cookies.push((await signIn(url)).cookie)
  return { url, pid, log, cookies }
}

/**
 * @param {{ url: string, ca: string }} stub
 * @returns {Promise<Subject>}
 */
export async function startBareProxy(stub) {
  const env = { UPSTREAM_URL: stub.url, UPSTREAM_CA: stub.ca, UPSTREAM_CONNECTIONS }
  const { output, pid } = await start(fileURLToPath(import.meta.resolve('./bareProxy.mjs')), env, /^Ready: .*\n/m)
  const url = readyUrl(output)
  // As long as Keyring's, so that both read as much.
  return { url, pid, cookies: [`keyring-${new URL(url).port}=${'0'.repeat(43)}`] }
}

/** Signs in as a browser without other tabs does, and answers how that browser signs out. */
export async function signIn(url) {
  const { origin } = new URL(url)
  const headers = { origin, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/connections`, { method: 'POST', headers, body: JSON.stringify(SIGN_IN) })
  if (answer.status !== 201) throw new Error(`Signing in was answered with ${answer.status}: ${await answer.text()}`)
  await answer.text()
  const cookie = answer.headers.get('set-cookie').split(';')[0]
  return {
    cookie,
    signOut: async () => {
      await fetch(`${url}/api/connections`, { method: 'DELETE', headers: { origin, cookie } })
    },
  }
}

/**
 * Sends calls for some seconds. Connections stand for browsers: they share out the cookies among them.
 *
 * @param {Subject} subject
 * @param {{ seconds: number, connections: number, rate?: number }} how `rate`: calls a second, on all connections
 *   together; without it each connection sends its next one as soon as it has its answer
 * @returns {Promise<{ count: number, rate: number, times: number[] }>} answered calls, how many that are a second, and how
 *   long they took in milliseconds, in ascending order, without the first of each connection, which had to be made
 * @throws Error when a single one was answered with anything but 200
 */
export async function fire({ url, cookies }, { seconds, connections, rate }) {
  const times = []
  const connected = new Set()
  let clients = 0
  const run = autocannon({
    url: url + PATH,
    method: 'POST',
    body: '{}',
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
    setupClient: (client) => client.setHeaders(headersFor(url, cookies[clients++ % cookies.length])),
  })
  // autocannon's own percentiles are whole milliseconds.
  run.on('response', (client, _status, _bytes, ms) => {
    if (connected.has(client)) times.push(ms)
    connected.add(client)
  })
  const result = await run
  if (result.non2xx + result.errors + result.timeouts > 0) {
    throw new Error(`${result.non2xx} calls failed, ${result.errors} had no answer, ${result.timeouts} took too long.`)
  }
  times.sort((one, other) => one - other)
  const count = result.requests.total
  return { count, rate: count / result.duration, times }
}

function headersFor(url, cookie) {
  const { origin } = new URL(url)
  return { accept: '*/*', 'content-type': 'application/json', cookie, origin, 'sec-fetch-site': 'same-origin' }
}

function readyUrl(output) {
  return /^Ready: (\S+)$/m.exec(output)[1]
}
