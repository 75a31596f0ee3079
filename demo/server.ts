import { behindTheScenes } from './behind'
import { makeCertificate } from './certificate'
import type { Demo } from './demo'
import { openHouse } from './house'
import { logins } from './logins'
import { settle, type DemoOptions } from './options'
import { seedWorld } from './seed'
import type { World } from './world'

/** How long nobody is let in while the server restarts, in milliseconds. */
const RESTART_MS = 300

/** Starts a simulated cPanel & WHM server on two ports. Throws WrongOption; rejects when a port is taken. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const initial = settle(options)
  const world: World = {
    settings: initial,
    accounts: new Map(),
    removed: new Set(),
    sessions: new Map(),
    failures: new Map(),
    secrets: new Set(),
    calls: [],
    planned: [],
    fate: null,
  }
  seedWorld(world)
  const certificate = await makeCertificate()
  const house = await openHouse(world, certificate)

  function restart(): void {
    world.fate = { name: null, left: 0, underWay: new Set() }
    house.breakIfDead()
    setTimeout(() => (world.fate = null), RESTART_MS).unref()
  }

  return {
    cpanelUrl: house.urls.cpanel,
    whmUrl: house.urls.whm,
    certificatePem: certificate.pem,
    fingerprint256: certificate.fingerprint256,
    logins,
    calls: world.calls,
    secrets: () => [...world.secrets],
    ...behindTheScenes(world),
    addListener: (added) => house.add(added),
    close: () => house.close(),
    set(changes) {
      world.settings = settle(changes, world.settings)
    },
    die(afterCalls = 0, name) {
      world.fate = { name: name ?? null, left: afterCalls, underWay: new Set() }
      house.breakIfDead()
    },
    revive() {
      world.fate = null
    },
    plan(mishap, { name, account }) {
      world.planned.push({ mishap, name, account, restart })
    },
    reset() {
      world.fate = null
      world.settings = initial
      for (const store of [world.accounts, world.removed, world.sessions, world.failures]) store.clear()
      world.calls.length = 0
      world.planned.length = 0
      seedWorld(world)
    },
  }
}
