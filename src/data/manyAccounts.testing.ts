import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { AccountFacts, AccountId } from '../inventory/columns'
import { connectionParts, type Connection } from '../session/connections'
import { allTokens } from './allTokens'
import { FakeCpanel, forgetSession, proxySays } from './cpanel.testing'
import { connectionsQuery } from './connections'
import { loading } from './loadAllTokens'
import { queryClient } from './queryClient'
import { FakeStream } from './stream.testing'
import { FakeWhm, throughWhm, whmSays, wrapped } from './whm.testing'

type Init = { method?: string; body?: string; signal?: AbortSignal }
type Refusal = { status: number; kind: string }
type OfWhm = Pick<AccountId, 'isWhmUser'>

/** The WHM user of a name, not the account. */
export const OF_WHM = { isWhmUser: true } as const

/** All that is behind /api for pages of many accounts: who is signed in, what each login reaches, a FakeCpanel for each account. */
export class FakeProxy {
  readonly server: string
  connections: Connection[] = []
  accounts = new Map<string, FakeCpanel>()
  /** Those who log in to WHM, with the tokens of WHM itself. */
  whmUsers = new Map<string, FakeWhm>()
  /** What a WHM login reaches, by connection. */
  reached = new Map<string, readonly string[]>()
  /** What WHM says of its user's privileges. */
  privileges: Record<string, number | string> = { all: 1 }
  /** What was asked: `whm.root listaccts`, `whm.root tokens bob carol`, `whm.root bob list`, `cpanel.bob list`. */
  calls: string[] = []
  streams: FakeStream[] = []
  /** Streams say nothing by themselves. */
  holdsStreams = false
  /** What the proxy itself says to a call instead of an answer. */
  refuses: (call: string) => Refusal | null = () => null
  /** Called before each answer that is no stream; a test may hold it back here. */
  beforeAnswer: (call: string) => Promise<void> = async () => {}

  constructor(server: string) {
    this.server = server
  }

  /** The account of that name, with tokens of these names more. */
  account(user: string, ...tokens: string[]): FakeCpanel {
    const account = this.accounts.get(user) ?? new FakeCpanel()
    account.add(...tokens)
    this.accounts.set(user, account)
    return account
  }

  /** The WHM user of that name, with tokens of these names more. */
  whmUser(user: string, ...tokens: string[]): FakeWhm {
    const whm = this.whmUsers.get(user) ?? new FakeWhm()
    whm.add(...tokens)
    this.whmUsers.set(user, whm)
    return whm
  }

  /** A login at WHM that reaches these accounts; each has one token, named as it is. */
  whm(username: string, users: readonly string[]): Connection {
    for (const user of users) if (!this.accounts.has(user)) this.account(user, `token-of-${user}`)
    const connection = this.#login('whm', username)
    this.reached.set(connection.id, users)
    return connection
  }

  /** A login at cPanel. */
  cpanel(username: string): Connection {
    if (!this.accounts.has(username)) this.account(username, `token-of-${username}`)
    return this.#login('cpanel', username)
  }

  #login(kind: 'whm' | 'cpanel', username: string): Connection {
    const connection = {
      id: `${this.server}.${kind}.${username}`,
      server: this.server,
      kind,
      username,
      hasEnded: false,
    }
    this.connections.push(connection)
    return connection
  }

  /** A line of a stream: what the account's server says now. */
  async line(user: string): Promise<object> {
    const answer = await this.account(user)
      .fetch('/list', {})
      .catch(() => proxySays('unreachable', 502))
    const body = await answer.json()
    if (!answer.ok) return { account: user, ...body }
    return { account: user, date: answer.headers.get('date'), envelope: throughWhm(body) }
  }

  fetch = async (url: string, init: Init): Promise<Response> => {
    const [, , root = '', id = '', ...rest] = url.split('/')
    const body = JSON.parse(init.body ?? '{}')
    const parts = connectionParts(id)
    const name = [parts?.kind, parts?.username].join('.')
    if (rest[0] === 'tokens') return this.#openStream(name, body.accounts, init.signal)
    const what = rest.at(-1) === 'uapi_cpanel' ? `${body['cpanel.user']} ${body['cpanel.function']}` : rest.at(-1)
    const call = parts === null ? `${init.method} ${root}` : `${name} ${what ?? init.method}`
    this.calls.push(call)
    const refusal = this.refuses(call)
    const answer =
      refusal === null ? await this.#answer(root, id, what ?? '', body, init) : proxySays(refusal.kind, refusal.status)
    await this.beforeAnswer(call)
    init.signal?.throwIfAborted()
    return answer
  }

  async #answer(root: string, id: string, what: string, body: Record<string, string>, init: Init): Promise<Response> {
    if (root === 'servers') return Response.json([serverRow('elsewhere', 'South'), serverRow(this.server, 'North')])
    if (root === 'connections' && id === '') return this.#connections(init.method, body)
    if (init.method === 'DELETE') {
      this.connections = this.connections.filter((one) => one.id !== id)
      return new Response(null, { status: 204 })
    }
    if (what === 'myprivs') return Response.json(whmSays({ privileges: [this.privileges] }))
    if (what === 'listaccts') return Response.json(whmSays({ acct: (this.reached.get(id) ?? []).map(rowOf) }))
    const username = connectionParts(id)?.username ?? ''
    if (what.startsWith('api_token_') || what === 'own-token')
      return this.whmUser(username).fetch(`/${what}`, { ...init, body: JSON.stringify(body) })
    const { 'cpanel.user': user, 'cpanel.module': _module, 'cpanel.function': name = what, ...own } = body
    const account = this.account(user ?? username)
    const answer = account.fetch(`/${name}`, { ...init, body: JSON.stringify(own) })
    return user === undefined ? answer : answer.then(wrapped)
  }

  #connections(method: string | undefined, { kind, username }: Record<string, string>): Response {
    if (method === 'DELETE') this.connections = []
    const login = this.connections.find((one) => one.kind === kind && one.username === username)
    const again = kind === 'whm' || kind === 'cpanel' ? (login ?? this.#login(kind, username ?? '')) : null
    return Response.json(method === 'POST' ? again : this.connections)
  }

  #openStream(name: string, users: readonly string[], signal?: AbortSignal): Response {
    const call = [name, 'tokens', ...users].join(' ')
    this.calls.push(call)
    signal?.throwIfAborted()
    const refusal = this.refuses(call)
    if (refusal !== null) return proxySays(refusal.kind, refusal.status)
    const stream = new FakeStream(users, signal)
    this.streams.push(stream)
    if (!this.holdsStreams) void this.sayAll(stream)
    return stream.response
  }

  /** Says what each account of a stream has, and ends it. */
  async sayAll(stream: FakeStream): Promise<void> {
    for (const user of stream.users) if (!stream.isAborted) stream.say(await this.line(user))
    stream.end()
  }

  /** Tells the inventory what a login reaches, as data/sources.ts does. */
  route({ id, kind, username }: Connection): void {
    const users = kind === 'whm' ? (this.reached.get(id) ?? []) : [username]
    allTokens.putRoutes(id, users.map(this.facts), () => kind === 'cpanel')
  }

  /** A WHM login whose accounts the inventory knows already. */
  openWhm(username: string, ...users: string[]): string {
    const connection = this.whm(username, users)
    this.route(connection)
    return connection.id
  }

  /** A cPanel login whose account the inventory knows already. */
  openCpanel(username: string): string {
    const connection = this.cpanel(username)
    this.route(connection)
    return connection.id
  }

  facts = (user: string): AccountFacts => ({
    server: this.server,
    serverName: 'North',
    ...rowOf(user),
    isSuspended: false,
  })

  /** The number of an account in the inventory. */
  numberOf(user: string, more: OfWhm = {}): number {
    return allTokens.find({ server: this.server, user, ...more }) ?? -1
  }

  /** Holds the answers to calls like this back until the test lets them go. */
  hold(like: string): (() => void)[] {
    const held: (() => void)[] = []
    this.beforeAnswer = async (call) => (call.includes(like) ? new Promise((resolve) => held.push(resolve)) : undefined)
    return held
  }

  /** The names of the tokens that the inventory has of an account; undefined where it has no list. */
  shown(user: string, more: OfWhm = {}): string[] | undefined {
    const { rowsOf, columns } = allTokens.inventory
    return rowsOf.get(this.numberOf(user, more))?.map((row) => columns.names[row] ?? '')
  }

  /** The stream of that number, 1 being the first, once it was asked for. */
  async stream(number: number): Promise<FakeStream> {
    return vi.waitUntil(() => this.streams[number - 1], { interval: 1 })
  }
}

function serverRow(id: string, name: string) {
  return { id, name, kinds: ['cpanel', 'whm'] }
}

function rowOf(user: string) {
  return { user, domain: `${user}.example`, owner: 'root', plan: 'basic' }
}

/** Waits for what has to become true by itself, and looks again and again without a pause. */
export function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, { interval: 1 })
}

/** Asks all that waits, until nothing is under way any more. */
export async function load(): Promise<void> {
  loading.start()
  await loadEnded()
}

export function loadEnded(): Promise<void> {
  return soon(() => expect(loading.current().isRunning).toBe(false))
}

let count = 0

/** A new server of another name for each test of a file, in the place of the network; what the test before left running ends. */
export function fakeProxyForEach(): { current: FakeProxy } {
  const fake = { current: new FakeProxy('none') }
  beforeEach(() => {
    fake.current = new FakeProxy(`server-${(count += 1)}`)
    vi.stubGlobal('fetch', fake.current.fetch)
    forgetSession()
  })
  afterEach(async () => {
    loading.stop()
    queryClient.setQueryData(connectionsQuery.queryKey, [])
    for (const { id } of fake.current.connections) allTokens.dropConnection(id)
    await loadEnded()
    loading.prioritize(() => true)
    loading.retry([])
    vi.unstubAllGlobals()
  })
  return fake
}
