import { afterEach, beforeEach, expect, test } from 'vitest'
import { listTokensOfMany } from './fanout'
import { json, playProxy, text, type PlayedProxy } from './proxy.testing'
import { listTokens } from './tokens'

/** Large answers take time by their length, not by its square: nothing here measures, the limit of a test is enough. */

// One for each test: while megabytes are read, it can't keep a connection open.
let proxy: PlayedProxy
beforeEach(async () => {
  proxy = await playProxy()
})
afterEach(() => proxy.close())

const account = () => ({ api: proxy.api, connection: 'main.cpanel.bob' })
const whmUser = () => ({ api: proxy.api, connection: 'main.whm.root', isWhmUser: true }) as const
const TEN_MB = 10_000_000
const MANY = 100_000

function uapi(data: unknown) {
  return { data, errors: null, status: 1 }
}

function whm(data: unknown) {
  return { data, metadata: { result: 1, reason: 'OK' } }
}

function manyRows(count: number) {
  return Array.from({ length: count }, (_, at) => ({ name: `token-${at}`, create_time: at, expires_at: null }))
}

test('a list of 100,000 tokens is read, each once', async () => {
  const rows = manyRows(MANY)
  proxy.answer(json(uapi([...rows, ...rows.slice(0, 1000), null])))
  const { tokens, unreadable } = await listTokens(account())
  expect([tokens.length, unreadable, tokens.at(-1)?.name]).toEqual([MANY, 1, `token-${MANY - 1}`])
})

test('a list of 20,000 tokens of WHM with twenty privileges each is read', async () => {
  const acls = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`acl-${at}`, at % 2]))
  proxy.answer(json(whm({ tokens: Object.fromEntries(manyRows(20_000).map((row) => [row.name, { ...row, acls }])) })))
  const { tokens, unreadable } = await listTokens(whmUser())
  expect([tokens.length, unreadable]).toEqual([20_000, 0])
})

test.each([
  ['a page', `<!doctype html>${'<p>busy</p>'.repeat(TEN_MB / 11)}`],
  ['JSON that is cut', JSON.stringify(uapi(manyRows(MANY))).slice(0, -9)],
  ['nothing but open brackets', '['.repeat(TEN_MB)],
  ['nested as deep as it is long', `${'{"data":'.repeat(500_000)}1${'}'.repeat(500_000)}`],
])('ten megabytes of %s are garbled', async (_what, body) => {
  proxy.answer(text(body))
  await expect(listTokens(account())).rejects.toMatchObject({ name: 'CpanelError', kind: 'garbled' })
})

test('a name of ten megabytes is none, and hides no other token', async () => {
  const names = ['n'.repeat(TEN_MB), 'one', 'n'.repeat(1001), 'n'.repeat(1000)]
  proxy.answer(json(uapi(names.map((name) => ({ name })))))
  const { tokens, unreadable } = await listTokens(account())
  expect([tokens.map(({ name }) => name.length), unreadable]).toEqual([[3, 1000], 2])
})

test('one account with 100,000 tokens in a stream hides no other, in however many pieces its line comes', async () => {
  const lines = [
    { account: 'bob', date: null, envelope: whm({ uapi: uapi(manyRows(MANY)) }) },
    { account: 'eve', date: null, envelope: whm({ uapi: uapi([{ name: 'one' }]) }) },
  ]
  const whole = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  proxy.answer((response) => {
    function say(from: number): void {
      if (from >= whole.length) response.end()
      else response.write(whole.subarray(from, from + 1000), () => say(from + 1000))
    }
    say(0)
  })
  const counts: (number | string)[] = []
  for await (const { user, ...said } of listTokensOfMany(proxy.api, 'main.whm.root', ['bob', 'eve']))
    counts.push(user, said.kind === 'listed' ? said.rows.tokens.length : said.kind)
  expect(counts).toEqual(['bob', MANY, 'eve', 1])
})

test('a line of ten megabytes without an end is a connection that was cut', async () => {
  proxy.answer(text(`{"account":"bob","envelope":"${'x'.repeat(TEN_MB)}`))
  await expect(listTokensOfMany(proxy.api, 'main.whm.root', ['bob']).next()).rejects.toMatchObject({ kind: 'offline' })
})
