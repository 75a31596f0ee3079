import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Demo } from '../demo/demo'
import type { DemoOptions } from '../demo/options'
import { startDemo } from '../demo/server'
import { test as base, expect, type Page } from './fixtures'
import { expectNoSecrets, startKeyring, type House } from './house'
import { logIn } from './logIn'

/** One Keyring before two servers, `north` and `south`. */
export type Servers = Omit<House, 'demo'> & { north: Demo; south: Demo }

async function openServers(options: DemoOptions): Promise<Servers> {
  const few = { accounts: 0, slowMs: 1_500, veryLongMs: 20_000 }
  const [north, south] = await Promise.all([
    startDemo({ ...few, seed: 1, ...options }),
    startDemo({ ...few, seed: 2, ...options }),
  ])
  const folder = mkdtempSync(join(tmpdir(), 'keyring-servers-'))
  const file = join(folder, 'servers.json')
  writeFileSync(file, JSON.stringify([entry('north', 'North', north), entry('south', 'South', south)]))
  const server = await startKeyring({ SERVERS_FILE: file })
  rmSync(folder, { recursive: true })
  return {
    ...server,
    north,
    south,
    close: async () => {
      await Promise.all([server.close(), north.close(), south.close()])
      expectNoSecrets(server.log(), north, south)
    },
  }
}

/** A server as SERVERS_FILE lists it. */
function entry(id: string, name: string, { cpanelUrl, whmUrl, fingerprint256 }: Demo) {
  return { id, name, cpanel: cpanelUrl, whm: whmUrl, fingerprint256 }
}

/** A test with two servers of its own: what it does to them (killing one) disturbs nobody else. */
export function testWithServers(options: DemoOptions = {}) {
  return base.extend<{ servers: Servers }>({
    servers: async ({}, use) => {
      const servers = await openServers(options)
      await use(servers)
      await servers.close()
    },
    baseURL: async ({ servers }, use) => use(servers.url),
  })
}

type Login = { server: 'North' | 'South'; kind: 'cPanel' | 'WHM'; username: string }

/** Logs in, in addition to whoever is logged in already, and opens what comes first there. */
export async function addLogin(page: Page, { server, kind, username }: Login): Promise<void> {
  const own = { server: server === 'North' ? 'north' : 'south', kind: kind === 'WHM' ? 'whm' : 'cpanel' } as const
  await page.goto(`/c/${await logIn(page, { ...own, username, password: 'demo-password-1' })}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

/** How many calls of a function reached a server since the last reset of its notes. */
export function callsTo(demo: Demo, name: string): number {
  return demo.calls.filter((call) => call.name === name).length
}

/** Opens the page of all tokens and waits until every account that can be asked was asked. */
export async function openAllTokens(page: Page, search = ''): Promise<void> {
  await page.goto(`/tokens${search}`)
  await expect(page.getByText(/accounts? asked\. As of/)).toBeVisible()
}
