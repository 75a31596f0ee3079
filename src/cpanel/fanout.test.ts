import * as fc from 'fast-check'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CpanelError } from './errors'
import { listTokensOfMany } from './fanout'
import { json, playProxy, text, type PlayedProxy } from './proxy.testing'

let proxy: PlayedProxy
beforeEach(async () => {
  proxy = await playProxy()
})
afterEach(() => proxy.close())

function list(signal?: AbortSignal) {
  return listTokensOfMany(proxy.api, 'main.whm.root', ['bob', 'carol', 'erin'], signal)
}

/** WHM's answer for an account with tokens of these names. */
function envelope(...names: string[]) {
  const data = names.map((name) => ({ name, create_time: 1, expires_at: null }))
  return { data: { uapi: { status: 1, errors: null, data } }, metadata: { result: 1, reason: 'OK' } }
}

function line(account: string, ...names: string[]): string {
  return lineOf({ account, date: 'Tue, 24 Nov 2026 05:00:00 GMT', envelope: envelope(...names) })
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

/** Everything that was heard, in short, and what ended it: `end` or the kind of the failure. */
async function heard(signal?: AbortSignal): Promise<string[]> {
  const all: string[] = []
  try {
    for await (const { user, ...said } of list(signal)) {
      const words = said.kind === 'listed' ? said.rows.tokens.map(({ name }) => name) : [said.error.kind]
      all.push([user, said.kind, ...words].join(' '))
    }
    return [...all, 'end']
  } catch (thrown) {
    if (!(thrown instanceof CpanelError)) throw thrown
    return [...all, thrown.kind]
  }
}

/** Answers and keeps the rest for the test to say. */
function openAnswer(first = ''): Promise<ServerResponse> {
  return new Promise((resolve) => {
    proxy.answer((response) => {
      response.writeHead(200)
      if (first === '') response.flushHeaders()
      else response.write(first)
      resolve(response)
    })
  })
}

/** Each piece when the one before it has gone out. */
function sayOneByOne(response: ServerResponse, [first, ...rest]: readonly Uint8Array[]): void {
  if (first === undefined) response.end()
  else response.write(first, () => sayOneByOne(response, rest))
}

describe('the tokens of many accounts', () => {
  test('are asked for in one request, in the order given', async () => {
    proxy.answer(text(''))
    await heard()
    expect(proxy.received.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        method: 'POST',
        path: '/api/connections/main.whm.root/tokens',
        body: { accounts: ['bob', 'carol', 'erin'] },
      },
    ])
  })

  test('come with all that is known of them, and the server’s clock', async () => {
    proxy.answer(text(line('bob', 'one') + lineOf({ account: 'carol', date: null, envelope: envelope() })))
    const answers = list()
    expect((await answers.next()).value).toMatchObject({
      user: 'bob',
      kind: 'listed',
      rows: { tokens: [{ name: 'one', created: new Date(1000), expiry: { kind: 'never' } }], unreadable: 0 },
      serverTime: new Date('2026-11-24T05:00:00Z'),
    })
    expect((await answers.next()).value).toMatchObject({ user: 'carol', rows: { tokens: [] }, serverTime: null })
  })

  test('come as each account answers, long before the last one does', async () => {
    const opened = openAnswer(line('bob', 'one'))
    const answers = list()
    expect((await answers.next()).value).toMatchObject({ user: 'bob' })
    const response = await opened
    response.write(line('erin', 'two'))
    expect((await answers.next()).value).toMatchObject({ user: 'erin' })
    response.end()
    expect(await answers.next()).toEqual({ done: true, value: undefined })
  })

  test('are the same wherever the network cuts the answer into pieces', async () => {
    const whole = Buffer.from(line('bob', 'one', 'zwölf', '🔑') + line('carol', 'two'))
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(whole.length), { maxLength: 6 }), async (cuts) => {
        const ends = [...cuts.toSorted((one, other) => one - other), whole.length]
        proxy.answer((response) =>
          sayOneByOne(
            response,
            ends.map((end, at) => whole.subarray(ends[at - 1] ?? 0, end)),
          ),
        )
        expect(await heard()).toEqual(['bob listed one zwölf 🔑', 'carol listed two', 'end'])
      }),
      { numRuns: 25 },
    )
  })

  test('of accounts without a line are simply not said: whoever asked knows whom', async () => {
    proxy.answer(text(line('carol', 'two')))
    expect(await heard()).toEqual(['carol listed two', 'end'])
  })
})

describe('an account that can’t be listed hides no other', () => {
  const refused = { data: null, metadata: { result: 0, reason: 'Access denied' } }
  const noFeature = { data: { uapi: { status: 0, errors: ['No feature.'], data: null } }, metadata: { result: 1 } }

  test.each([
    ['an error of the proxy', { error: { kind: 'unreachable', message: 'For logs.' } }, 'unreachable'],
    ['an error that is none', { error: null }, 'garbled'],
    ['WHM’s no', { date: null, envelope: refused }, 'rejected'],
    ['the account’s no', { date: null, envelope: noFeature }, 'rejected'],
    ['another kind of answer', { date: null, envelope: { data: { uapi: [] }, metadata: { result: 1 } } }, 'garbled'],
    ['nothing', { date: null, envelope: null }, 'garbled'],
  ])('whose line has %s', async (_what, said, kind) => {
    proxy.answer(text(lineOf({ account: 'bob', ...said }) + line('carol', 'two')))
    expect(await heard()).toEqual([`bob failed ${kind}`, 'carol listed two', 'end'])
  })

  test('and says why in the server’s own words', async () => {
    proxy.answer(text(lineOf({ account: 'bob', date: null, envelope: noFeature })))
    expect((await list().next()).value).toMatchObject({ error: { kind: 'rejected', reasons: ['No feature.'] } })
  })
})

describe('an answer that ends before its time keeps what came, and says why', () => {
  test.each([
    ['the session ended', lineOf({ error: { kind: 'unauthenticated', message: '' } }), 'unauthenticated'],
    ['the server is dead', lineOf({ error: { kind: 'unreachable', message: '' } }), 'unreachable'],
    ['half a line, and no more', '{"account":"carol","envel', 'offline'],
    ['a whole line without its end', line('carol', 'two').trimEnd(), 'offline'],
    ['half the JSON on a line of its own', '{"account":"carol","envel\n', 'garbled'],
    ['somebody between says a page', '<!doctype html>\n', 'garbled'],
    ['an empty line comes', '\n', 'garbled'],
    ['a line says nothing of its account', lineOf({ account: 'carol', date: null }), 'garbled'],
  ])('as where %s', async (_what, rest, kind) => {
    proxy.answer(text(line('bob', 'one') + rest))
    expect(await heard()).toEqual(['bob listed one', kind])
  })

  test('as where the server wants a break of some seconds', async () => {
    proxy.answer(text(lineOf({ error: { kind: 'too_many_requests', message: '', retryAfter: 7 } })))
    await expect(list().next()).rejects.toMatchObject({ kind: 'too_many_requests', retryAfterSeconds: 7 })
  })

  test('as where the connection breaks between two lines', async () => {
    const opened = openAnswer(line('bob', 'one'))
    const answers = list()
    await answers.next()
    const response = await opened
    response.destroy()
    await expect(answers.next()).rejects.toMatchObject({ name: 'CpanelError', kind: 'offline' })
  })

  test('also where there is no answer at all', async () => {
    proxy.answer(json({ error: { kind: 'unauthenticated', message: '' } }, 401))
    expect(await heard()).toEqual(['unauthenticated'])
    await proxy.close()
    expect(await heard()).toEqual(['offline'])
  })
})

describe('whoever wants no more', () => {
  test('leaves the loop, and the proxy learns of it', async () => {
    void openAnswer(line('bob', 'one'))
    for await (const { user } of list()) {
      expect(user).toBe('bob')
      break
    }
    await vi.waitFor(() => expect(proxy.received).toMatchObject([{ isAborted: true }]), { interval: 1 })
  })

  test('says so from outside, in the middle of waiting', async () => {
    void openAnswer(line('bob', 'one'))
    const leaving = new AbortController()
    const answers = list(leaving.signal)
    await answers.next()
    const next = answers.next()
    leaving.abort()
    await expect(next).rejects.toMatchObject({ name: 'CpanelError', kind: 'cancelled' })
    await vi.waitFor(() => expect(proxy.received).toMatchObject([{ isAborted: true }]), { interval: 1 })
  })

  test('before it began is not heard of at the proxy', async () => {
    expect(await heard(AbortSignal.abort())).toEqual(['cancelled'])
    expect(proxy.received).toEqual([])
  })
})

test('garbage never becomes tokens of anybody', async () => {
  const good = envelope('one')
  const part = fc.record(
    {
      account: fc.oneof(fc.constantFrom('bob', '', '__proto__'), fc.jsonValue()),
      date: fc.jsonValue(),
      envelope: fc.oneof(
        fc.constant(good),
        fc.jsonValue(),
        fc.record({ data: fc.jsonValue(), metadata: fc.jsonValue() }),
      ),
      error: fc.oneof(fc.record({ kind: fc.constantFrom('timeout', 'unauthenticated', 'toString') }), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  let listed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(part, fc.jsonValue()), { maxLength: 5 }), async (lines) => {
      proxy.answer(text(lines.map(lineOf).join('')))
      const said = (await heard()).filter((one) => one.includes(' listed'))
      const truth = lines.flatMap((one) =>
        typeof one === 'object' && one !== null && 'account' in one && 'envelope' in one && one.envelope === good
          ? [`${typeof one.account === 'string' ? one.account : 'nobody'} listed one`]
          : [],
      )
      expect(said).toEqual(truth.slice(0, said.length))
      listed += said.length
    }),
    { numRuns: 150 },
  )
  expect(listed).toBeGreaterThan(0)
})
