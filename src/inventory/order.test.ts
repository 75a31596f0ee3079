import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SORT_KEYS, groupedRows, headingAccount, rowsInOrder, type Order } from './order'
import { anyOrder, inOrder } from './plain.testing'
import { DAY, NOW, anyHistory, facts, followed, token, type Followed } from './rows.testing'

function ordered({ viewer: { columns, texts, orders } }: Followed, by: Order['by'], isDescending = false): number[] {
  return [...rowsInOrder(columns, texts, orders, { by, isDescending })]
}

/** Rows and headings as a person reads them: the account's user over the names of its tokens. */
function read({ inventory: { columns } }: Followed, entries: Iterable<number>): string[] {
  return Array.from(entries, (entry) => {
    const account = headingAccount(entry)
    return (account === null ? columns.names[entry] : columns.accounts[account]?.user) ?? 'nothing'
  })
}

describe('the table', () => {
  test('stands as sorting the tokens by hand does, and goes on to while they change', () => {
    fc.assert(
      fc.property(anyHistory, fc.array(anyOrder, { minLength: 1, maxLength: 3 }), (history, orders) => {
        const all = followed()
        for (const [facts, tokens] of [...history, ...history.slice(0, 1)]) {
          all.tell(facts, tokens)
          for (const order of orders) {
            const expected = inOrder(all.rows(), order).map(({ row }) => row)
            expect(ordered(all, order.by, order.isDescending)).toEqual(expected)
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  test('by name has ci-9 before ci-10, and the same in other letters side by side', () => {
    const all = followed()
    all.tell(
      facts('ada'),
      ['ci-10', 'b', 'ci-9', 'CI-9', 'A'].map((name) => token(name)),
    )
    expect(read(all, ordered(all, 'name'))).toEqual(['A', 'b', 'ci-9', 'CI-9', 'ci-10'])
  })

  test('by expiry has what never expires last, upside down first', () => {
    const all = followed()
    all.tell(facts('ada'), [token('never'), token('soon', NOW), token('later', NOW + DAY)])
    expect(read(all, ordered(all, 'expires'))).toEqual(['soon', 'later', 'never'])
    expect(read(all, ordered(all, 'expires', true))).toEqual(['never', 'later', 'soon'])
  })

  test('by creation has what nobody knows first, as the oldest', () => {
    const all = followed()
    const [created, first] = [new Date(NOW * 1000), new Date(0)]
    all.tell(facts('ada'), [
      token('new', null, { created }),
      token('unknown'),
      token('first', null, { created: first }),
    ])
    expect(read(all, ordered(all, 'created'))).toEqual(['unknown', 'first', 'new'])
    expect(read(all, ordered(all, 'created', true))).toEqual(['new', 'first', 'unknown'])
  })

  test('upside down leaves equals as they were, but turns accounts round as a whole', () => {
    const all = followed()
    for (const user of ['ada', 'bob']) all.tell(facts(user, { domain: 'x' }), [token(`${user}-1`), token(`${user}-2`)])
    const upwards = ['ada-1', 'ada-2', 'bob-1', 'bob-2']
    for (const by of ['domain', 'server', 'created', 'expires', 'access'] as const) {
      expect(read(all, ordered(all, by, true))).toEqual(upwards)
    }
    expect(read(all, ordered(all, 'account', true))).toEqual(upwards.toReversed())
  })

  test.each(SORT_KEYS)('by %s shows no token that is gone', (by) => {
    const all = followed()
    all.tell(facts('ada'), [token('stays'), token('goes')])
    expect(ordered(all, by)).toHaveLength(2)
    all.tell(facts('ada'), [token('stays')])
    expect(read(all, ordered(all, by))).toEqual(['stays'])
    all.tell(facts('ada'), [])
    expect(ordered(all, by, true)).toEqual([])
  })

  test('takes another place where the server or the domain gets another name', () => {
    const all = followed()
    all.tell(facts('ada', { domain: 'a.example' }), [token('of-ada')])
    all.tell(facts('bob', { domain: 'b.example' }), [token('of-bob')])
    expect(read(all, ordered(all, 'domain'))).toEqual(['of-ada', 'of-bob'])
    all.tell(facts('ada', { domain: 'c.example', serverName: 'Zwo' }), [token('of-ada')])
    expect(read(all, ordered(all, 'domain'))).toEqual(['of-bob', 'of-ada'])
    expect(read(all, ordered(all, 'account'))).toEqual(['of-bob', 'of-ada'])
  })

  test('is sorted once for as long as nothing changes', () => {
    const { viewer, tell } = followed()
    const sorted = () => rowsInOrder(viewer.columns, viewer.texts, viewer.orders, { by: 'name', isDescending: true })
    tell(facts('ada'), [token('ci')])
    const first = sorted()
    expect(sorted()).toBe(first)
    tell(facts('bob'), [])
    expect(sorted()).not.toBe(first)
  })
})

describe('under headings', () => {
  test('each account has its own, also where two count the same', () => {
    const all = followed()
    for (const user of ['shop10', 'shop1', 'shop01', 'shop9']) all.tell(facts(user), [token('b'), token('a')])
    const read10 = ['shop10', 'a', 'b']
    const expected = ['shop01', 'a', 'b', 'shop1', 'a', 'b', 'shop9', 'a', 'b', ...read10]
    expect(read(all, groupedRows(all.viewer.columns, Int32Array.from(ordered(all, 'account'))))).toEqual(expected)
  })

  test('two servers of one name keep their accounts apart', () => {
    const all = followed()
    for (const server of ['s1', 's01']) {
      all.tell(facts('zed', { server }), [token(`${server}-zed`)])
      all.tell(facts('ada', { server }), [token(`${server}-ada`)])
    }
    expect(read(all, ordered(all, 'account'))).toEqual(['s01-ada', 's01-zed', 's1-ada', 's1-zed'])
  })

  test('a WHM user stands under one of its own, after the account of its name', () => {
    const all = followed()
    all.tell(facts('resell', { isWhmUser: true }), [token('a-whm'), token('z-whm')])
    all.tell(facts('resell'), [token('b'), token('y')])
    const grouped = read(all, groupedRows(all.viewer.columns, Int32Array.from(ordered(all, 'account'))))
    expect(grouped).toEqual(['resell', 'b', 'y', 'resell', 'a-whm', 'z-whm'])
  })

  test('are the same rows, each once and under its account, in the order given', () => {
    fc.assert(
      fc.property(anyHistory, anyOrder, (history, order) => {
        const all = followed()
        for (const [facts, tokens] of history) all.tell(facts, tokens)
        const { columns } = all.viewer
        const rows = ordered(all, order.by, order.isDescending)
        const groups: { account: number; rows: number[] }[] = []
        for (const entry of groupedRows(columns, Int32Array.from(rows))) {
          const account = headingAccount(entry)
          if (account === null) groups.at(-1)?.rows.push(entry)
          else groups.push({ account, rows: [] })
        }
        const inBase = inOrder(all.rows(), { by: 'account', isDescending: false }).map(({ account }) => account)
        const expected = [...new Set(inBase)].map((account) => ({
          account,
          rows: rows.filter((row) => columns.account[row] === account),
        }))
        expect(groups).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })

  test('are told from rows, the very first account and row too', () => {
    const all = followed()
    all.tell(facts('ada'), [token('ci')])
    expect([...groupedRows(all.viewer.columns, Int32Array.of(0))].map(headingAccount)).toEqual([0, null])
    expect([...groupedRows(all.viewer.columns, Int32Array.of())]).toEqual([])
  })
})
