import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endedConnections } from './ended'
import { hearTabs, tellTabs, type News } from './tabs'
import { openOtherTab } from './tabs.testing'

const ALICE = 'main.cpanel.alice'
const stops: (() => void)[] = []
let other: ReturnType<typeof openOtherTab>
beforeEach(() => {
  other = openOtherTab()
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  other.close()
  endedConnections.remove(ALICE)
  vi.unstubAllGlobals()
})

function listen(): News[] {
  const heard: News[] = []
  stops.push(hearTabs((news) => heard.push(news)))
  return heard
}

const ALL: News[] = [
  { kind: 'wrote', connection: ALICE },
  { kind: 'wrote', connection: 'main.whm.root', user: 'bob' },
  { kind: 'wrote', connection: 'main.whm.root', isWhmUser: true },
  { kind: 'logged-in', connection: ALICE },
  { kind: 'logged-out' },
  { kind: 'ended', connection: ALICE },
]

test('what one tab tells the others hear, and it doesn’t hear itself', async () => {
  const heard = listen()
  ALL.forEach(tellTabs)
  await vi.waitFor(() => expect(other.heard).toEqual(ALL))
  other.say({ kind: 'logged-out' })
  await vi.waitFor(() => expect(heard).toEqual([{ kind: 'logged-out' }]))
})

test('what another tab tells is heard until nobody listens any more', async () => {
  const heard = listen()
  const heardBriefly: News[] = []
  const stop = hearTabs((news) => heardBriefly.push(news))
  ALL.forEach(other.say)
  await vi.waitFor(() => expect(heard).toEqual(ALL))
  expect(heardBriefly).toEqual(ALL)
  stop()
  other.say({ kind: 'logged-out' })
  await vi.waitFor(() => expect(heard).toHaveLength(ALL.length + 1))
  expect(heardBriefly).toEqual(ALL)
})

test('what another version of the app says is not heard, nor anything more than is asked for', async () => {
  const heard = listen()
  const said: unknown[] = [
    null,
    'logged-out',
    { kind: 'exploded' },
    { kind: 'ended' },
    { kind: 'ended', connection: 5 },
    { kind: 'logged-out', secret: 'S3CRET' },
  ]
  said.forEach(other.say)
  await vi.waitFor(() => expect(heard).toEqual([{ kind: 'logged-out' }]))
})

test('a session that ended is told once, and not told back by who heard of it', async () => {
  endedConnections.add(ALICE)
  endedConnections.add(ALICE)
  await vi.waitFor(() => expect(other.heard).toHaveLength(1))
  endedConnections.remove(ALICE)
  expect(endedConnections.hear(ALICE)).toBe(true)
  expect(endedConnections.hear(ALICE)).toBe(false)
  tellTabs({ kind: 'logged-out' })
  await vi.waitFor(() => expect(other.heard).toEqual([{ kind: 'ended', connection: ALICE }, { kind: 'logged-out' }]))
})

test('a browser without channels goes on alone', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  vi.resetModules()
  const alone = await import('./tabs')
  expect(() => alone.tellTabs({ kind: 'logged-out' })).not.toThrow()
  expect(() => alone.hearTabs(() => {})()).not.toThrow()
})
