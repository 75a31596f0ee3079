import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { createBrowser, createTestApp, type Browser } from './browser'
import { createTestUpstream, type TestUpstream } from './upstream'

const toClose: (() => Promise<unknown>)[] = []

/**
 * For each test of the file: Keyrings before a configured server, and a server of one's `own` that can be added to them. All
 * share one file of added servers, which is not there yet.
 */
export function prepareKeyrings() {
  const used = new Map<string, TestUpstream>()
  let folder = ''
  const the = (name: string): TestUpstream => {
    const upstream = used.get(name)
    if (upstream === undefined) throw new Error(`There is no server ${name}.`)
    return upstream
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keyring-added-'))
    for (const name of ['configured', 'own']) used.set(name, await startOther())
  })
  afterEach(async () => {
    for (const close of toClose.splice(0).reverse()) await close()
    rmSync(folder, { recursive: true })
  })

  return {
    configured: () => the('configured'),
    own: () => the('own'),
    file: () => join(folder, 'servers.json'),
    /** What adds the own server under the name `Own`. */
    ownServer: () => ({ name: 'Own', cpanel: the('own').origin, fingerprint256: the('own').fingerprint256 }),
    /** One more Keyring, with its log and a browser. */
    start: async (env: Record<string, string> = {}) => {
      const settings = { ADDED_SERVERS_FILE: join(folder, 'servers.json'), ...env }
      const { app, log } = await createTestApp(the('configured'), settings)
      toClose.push(() => app.close())
      return { app, log, browser: createBrowser(app) }
    },
  }
}

export async function startOther(...given: Parameters<typeof createTestUpstream>): Promise<TestUpstream> {
  const upstream = await createTestUpstream(...given)
  toClose.push(upstream.close)
  return upstream
}

/** The server notices a bit later than whoever connects to it that the handshake is through. */
export async function connectionsSettle(upstream: TestUpstream, count: number): Promise<void> {
  await vi.waitFor(() => expect(upstream.connections()).toBe(count))
}

const added = v.object({ outcome: v.literal('added'), server: v.object({ id: v.string() }) })

/** Adds a server and answers its id. */
export async function addServer(browser: Browser, body: object): Promise<string> {
  return v.parse(added, (await browser.post('/api/servers', body)).json).server.id
}

/** The names in the list of servers, in its order. */
export async function serverNames(browser: Browser): Promise<string[]> {
  return v
    .parse(v.array(v.object({ name: v.string() })), (await browser.get('/api/servers')).json)
    .map(({ name }) => name)
}
