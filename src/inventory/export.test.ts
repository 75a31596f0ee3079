import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLines, isFormula } from './csv.testing'
import { csv, tokensAsCsv, tokensAsJson } from './export'
import { facts, followed, token } from './rows.testing'

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('=+-@＝＋－＠"\',;\t\r\n \u00a0\ufeffa1')) }),
)

describe('a file for spreadsheets', () => {
  test('holds every text as it was, or led by an apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 })), (lines) => {
        const read = csvLines(csv(lines))
        expect(read.map((cells) => cells.length)).toEqual(lines.map((cells) => cells.length))
        const pairs = lines.flatMap((cells, line) => cells.map((text, at) => [text, read[line]?.[at]]))
        for (const [text, back] of pairs) expect([text, `'${text}`]).toContain(back)
      }),
      { numRuns: 300 },
    )
  })

  test('has no cell that runs as a formula, whatever stands before it', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const [[back = ''] = []] = csvLines(csv([[text]]))
        expect(isFormula(back)).toBe(false)
        expect(back).not.toMatch(/^[\t\r\n]/)
      }),
      { numRuns: 500 },
    )
  })

  test.each(['=1+1', '+1', '-ci', '@SUM(A1)', '  =1', '\t=1', '\ufeff=1', '\r\n@x', '＝1', '－ci', '\tci', '\nci'])(
    'leads %j by an apostrophe',
    (text) => {
      expect(csvLines(csv([[text]]))).toEqual([[`'${text}`]])
    },
  )

  test.each(['', 'ci', 'a-b', '1=1', ' ci', "'=1", 'a\n=1', '"=1"', 'a,b', '😀'])('leaves %j as it is', (text) => {
    expect(csvLines(csv([[text, 'next']]))).toEqual([[text, 'next']])
  })

  test('ends its lines as spreadsheets do, the last one too', () => {
    expect(csv([['a', 'b"c'], ['d,']])).toBe('"a","b""c"\r\n"d,"\r\n')
    expect(csv([])).toBe('')
  })
})

describe('tokens in a file', () => {
  const all = followed()
  const created = new Date(Date.UTC(2026, 1, 28, 23, 59, 59))
  const ada = facts('ada', { isSuspended: true, domain: 'a,"b".example', serverName: '=cmd' })
  all.tell(ada, [token('-ci', Date.UTC(2028, 1, 29) / 1000, { created }), token('backup')])
  all.tell(facts('bob', { domain: '' }), [
    token('ro', null, { access: { kind: 'read-only' } }),
    token('mail', null, { access: { kind: 'limited', features: ['email'] } }),
  ])
  const { columns } = all.inventory

  test('are in the order given, with moments in UTC, “never”, and nothing where nobody knows', () => {
    const dates = ['2026-02-28T23:59:59.000Z', '2028-02-29T00:00:00.000Z']
    const server = "'=cmd"
    expect(csvLines(tokensAsCsv(columns, [2, 0, 1]))).toEqual([
      ['token', 'account', 'domain', 'server', 'created', 'expires', 'access', 'suspended'],
      ['ro', 'bob', '', 'One', '', 'never', 'read-only', 'false'],
      ["'-ci", 'ada', 'a,"b".example', server, ...dates, 'full', 'true'],
      ['backup', 'ada', 'a,"b".example', server, '', 'never', 'full', 'true'],
    ])
  })

  test('are in JSON under the same names, and texts as they are', () => {
    const exported: unknown = JSON.parse(tokensAsJson(columns, new Set([0, 3])))
    const account = { account: 'ada', domain: 'a,"b".example', server: '=cmd', suspended: true }
    const dates = { created: '2026-02-28T23:59:59.000Z', expires: '2028-02-29T00:00:00.000Z' }
    const other = { account: 'bob', domain: '', server: 'One', suspended: false }
    expect(exported).toEqual([
      { token: '-ci', ...account, ...dates, access: 'full' },
      { token: 'mail', ...other, created: '', expires: 'never', access: 'limited' },
    ])
  })

  test('of a WHM user say so, and have no domain; what each may do is in the table, not in the file', () => {
    const of = followed()
    const access = { kind: 'whm', privileges: ['all'], addresses: ['192.0.2.1'] } as const
    of.tell(facts('root', { isWhmUser: true, domain: '', owner: '', plan: '' }), [token('ci', null, { access })])
    const whm = {
      token: 'ci',
      account: 'root',
      domain: '',
      server: 'One',
      created: '',
      expires: 'never',
      access: 'whm',
    }
    expect(JSON.parse(tokensAsJson(of.inventory.columns, [0]))).toEqual([{ ...whm, suspended: false }])
    expect(csvLines(tokensAsCsv(of.inventory.columns, [0]))[1]).toEqual([...Object.values(whm), 'false'])
  })

  test('are none where none is selected', () => {
    expect(csvLines(tokensAsCsv(columns, []))).toHaveLength(1)
    expect(tokensAsJson(columns, [])).toBe('[]\n')
  })
})
