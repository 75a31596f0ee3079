import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Demo } from '../demo/demo'
import type { DemoOptions } from '../demo/options'
import { startDemo } from '../demo/server'
import { createCertificate } from '../proxy/testing/certificate'
import { hasRedis, startRedis } from '../proxy/testing/redis'
import { findPart } from '../scripts/serverParts.mjs'
import { expectNoSecrets, startKeyring, type House } from './house'

const nginx = findPart('nginx')

/** Whether this machine has what it takes. Elsewhere the tests are skipped, and the set-up has said so loudly. */
export const hasParts = hasRedis && nginx !== undefined

/** One of several Keyrings. It comes back at the same port. */
export type Instance = {
  /** As when the machine loses power: what runs is cut. */
  kill: () => Promise<void>
  /** As when it is updated: what runs is finished. */
  stop: () => Promise<void>
  /** Until the balancer gives it requests again: it waits a while before it trusts one that was away. */
  start: () => Promise<void>
}

/** Two Keyrings that share a Redis, behind an nginx with TLS, before one demo server. */
export type Cluster = Omit<House, 'log'> & { instances: readonly [Instance, Instance]; log: () => string }

/** Starts all of it, with the nginx settings of deploy/. */
export async function openCluster(options: DemoOptions = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'keyring-cluster-'))
  const [demo, redis] = await Promise.all([
    startDemo({ accounts: 4, tokensPerAccount: 2, slowMs: 1_500, veryLongMs: 20_000, ...options }),
    startRedis(),
  ])
  const settings = { REDIS_URL: redis.url, TRUST_PROXY: '127.0.0.1', SHUTDOWN_TIMEOUT: '20' }
  const [one, two, balancer] = [await freePort(), await freePort(), await freePort()]
  const logs: (() => string)[] = []
  const url = `https://localhost:${balancer}`
  const at = (port: number) => instanceAt(port, url, { ...addressesOf(demo), ...settings }, logs)
  const [first, second] = [at(one), at(two)]
  const log = () => logs.map((read) => read()).join('')
  const front = await startNginx(folder, balancer, [one, two])
  await Promise.all([first.start(), second.start()])
  return {
    url,
    demo,
    instances: [first, second],
    log,
    close: async () => {
      await end(front)
      await Promise.all([first.kill(), second.kill(), demo.close(), redis.close()])
      rmSync(folder, { recursive: true, force: true })
      expectNoSecrets(log(), demo)
    },
  }
}

function addressesOf({ cpanelUrl, whmUrl, fingerprint256 }: Demo) {
  return { CPANEL_URL: cpanelUrl, WHM_URL: whmUrl, CPANEL_FINGERPRINT256: fingerprint256 }
}

function instanceAt(port: number, front: string, settings: Record<string, string>, logs: (() => string)[]): Instance {
  let running: Awaited<ReturnType<typeof startKeyring>> | undefined
  return {
    start: async () => {
      running = await startKeyring({ ...settings, PORT: String(port) })
      logs.push(running.log)
      // Asked again until this one has the answer's id in its log, a moment after the answer.
      const seen: string[] = []
      while (!seen.some((id) => running?.log().includes(id))) seen.push(await answeredBy(front))
    },
    kill: async () => running?.kill(),
    stop: async () => running?.close(),
  }
}

/** The id of a request that the balancer gave to some instance; one that none has where it found none. */
function answeredBy(front: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${front}/api/servers`, { agent: false, rejectUnauthorized: false }, (response) => {
      response.resume()
      const id = response.headers['x-request-id']
      response.once('end', () => resolve(typeof id === 'string' ? id : 'nobody'))
    }).once('error', reject)
  })
}

/** The nginx of deploy/nginx.conf, with our ports and certificate in place of the example's. */
async function startNginx(folder: string, port: number, instances: number[]): Promise<ChildProcess> {
  const { cert, key } = await createCertificate({ name: 'localhost' })
  writeFileSync(join(folder, 'cert.pem'), cert)
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 })
  const example = readFileSync(fileURLToPath(new URL('../deploy/nginx.conf', import.meta.url)), 'utf8')
  const replaced = [
    ['127.0.0.1:4380', `127.0.0.1:${instances[0]}`],
    ['127.0.0.1:4390', `127.0.0.1:${instances[1]}`],
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['listen 80', `listen unix:${join(folder, 'plain.sock')}`],
    ['/etc/nginx/keyring', folder],
    // Tests wait for it.
    ['fail_timeout=2s', 'fail_timeout=1s'],
  ].reduce((text, [from = '', to = '']) => {
    if (!text.includes(from)) throw new Error(`deploy/nginx.conf has no ${from} any more.`)
    return text.replaceAll(from, to)
  }, example)
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join(' ')
  const file = join(folder, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log stderr notice;
    events {} http { access_log off; ${places}\n${replaced}\n}`,
  )
  const child = spawn(nginx ?? '', ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`nginx ended with ${code}: ${output}`)))
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('start worker process ')) resolve()
    })
  })
  return child
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('No port is free.')
  return address.port
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
