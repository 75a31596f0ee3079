import { afterEach, beforeEach, vi } from 'vitest'
import { endedConnections } from '../session/ended'
import { noteAnswer, unreachableConnections } from '../session/health'
import { noteReach } from '../session/reach'
import { queryClient } from './queryClient'
import { accountOf } from './tokens'

export const account = accountOf('main.cpanel.alice')
export const SECRET = 'SECRET0SECRET0SECRET0SECRET0SECR'

type Row = { name: string; create_time: number; expires_at: number | null; readonly?: 1 }

/**
 * What goes wrong with a call: the request is lost, or the answer after it was done; the proxy says so of it (a kind and
 * a status, nothing done); it is done, yet the proxy waited no longer; the server says done and did nothing; says no; answers null.
 */
export type Fault =
  | 'lost-request'
  | 'lost-answer'
  | 'done-late'
  | 'lies'
  | 'refuses'
  | 'null-answer'
  | { status: number; kind: string }

/** The server's memory and its faults, told for each function: the next calls of it meet them in order, `always` all. */
export class FakeCpanel {
  rows = new Map<string, Row>()
  /** What was asked: `list`, `revoke one`, `create_full_access one`. */
  calls: string[] = []
  /** What came with each call of a function. */
  bodies: (readonly [name: string, body: object])[] = []
  faults = new Map<string, Fault[]>()
  always = new Map<string, Fault>()
  /** How far the server's clock is ahead, in milliseconds. */
  clockSkewMs = 0
  underWay = 0
  mostUnderWay = 0
  /** Called before each answer; a test may hold it back here. */
  beforeAnswer: (call: string) => Promise<void> = async () => {}

  add(...names: string[]): void {
    for (const name of names) this.rows.set(name, { name, create_time: 1_600_000_000, expires_at: null })
  }

  fetch = async (url: string, init: { body?: string; signal?: AbortSignal }): Promise<Response> => {
    const name = url.split('/').at(-1) ?? ''
    const body: Record<string, unknown> = JSON.parse(init.body ?? '{}')
    const token = textOf(body['name'] ?? body['token_name'])
    const call = [name, token, textOf(body['new_name'])].filter((part) => part !== '').join(' ')
    this.calls.push(call)
    this.bodies.push([name, body])
    this.mostUnderWay = Math.max(this.mostUnderWay, (this.underWay += 1))
    try {
      const fault = this.faults.get(name)?.shift() ?? this.always.get(name)
      const answer = this.#perform(name, token, body, fault)
      await this.beforeAnswer(call)
      init.signal?.throwIfAborted()
      return answer()
    } finally {
      this.underWay -= 1
    }
  }

  /** Does it, or not, at once; the answer comes when it is asked for. */
  #perform(name: string, token: string, body: Record<string, unknown>, fault: Fault | undefined): () => Response {
    if (fault === 'lost-request') return broken
    if (fault === 'refuses') return () => this.#says(this.no())
    if (typeof fault === 'object') return () => proxySays(fault.kind, fault.status)
    const data = fault === 'lies' ? null : this.does(name, token, body)
    if (fault === 'lost-answer') return broken
    if (fault === 'done-late') return () => proxySays('timeout', 504)
    if (fault === 'null-answer') return () => this.#says(this.yes(null))
    return () => this.#says(this.yes(name === 'revoke' ? 1 : data))
  }

  protected does(name: string, token: string, body: Record<string, unknown>): unknown {
    const row = this.rows.get(token)
    const newName = textOf(body['new_name'])
    if (name === 'list') return [...this.rows.values()]
    if (name === 'create_full_access') {
      const create_time = this.now()
      this.rows.set(token, { name: token, create_time, expires_at: Number(body['expires_at'] ?? 0) || null })
      return { create_time, token: SECRET }
    }
    this.rows.delete(token)
    if (name === 'rename' && row) this.rows.set(newName, { ...row, name: newName })
    return null
  }

  protected yes(data: unknown): object {
    return { status: 1, errors: null, data }
  }

  protected no(): object {
    return { status: 0, errors: ['No.'], data: null }
  }

  /** Seconds, by the server's clock. */
  protected now(): number {
    return Math.floor((Date.now() + this.clockSkewMs) / 1000)
  }

  #says(body: object): Response {
    return Response.json(body, { headers: { date: new Date(Date.now() + this.clockSkewMs).toUTCString() } })
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function broken(): never {
  throw new TypeError('fetch failed')
}

/** The proxy's own refusal. */
export function proxySays(kind: string, status: number): Response {
  return Response.json({ error: { kind, message: 'For logs.' } }, { status })
}

export const UNREADABLE = { kind: 'unreachable', status: 502 }
export const TIMEOUT = { kind: 'timeout', status: 504 }
export const SESSION_ENDED = { kind: 'unauthenticated', status: 401 }

/** What the app knows of anybody signed in before, and of the way to Keyring. */
export function forgetSession(): void {
  queryClient.clear()
  noteReach(null)
  for (const connection of endedConnections.current()) endedConnections.remove(connection)
  for (const connection of unreachableConnections.current()) noteAnswer(connection)
}

/** A new server for each test of a file, in the place of the network; nothing of the test before is left anywhere. */
export function fakeCpanelForEach(): { current: FakeCpanel } {
  return fakeForEach(() => new FakeCpanel())
}

/** The same for a server of another kind. */
export function fakeForEach<Fake extends FakeCpanel>(make: () => Fake): { current: Fake } {
  const fake = { current: make() }
  beforeEach(() => {
    fake.current = make()
    vi.stubGlobal('fetch', fake.current.fetch)
    forgetSession()
  })
  afterEach(() => vi.unstubAllGlobals())
  return fake
}
