import { expect, test } from 'vitest'
import { auditLine, gapLine, type Deed } from './auditLine'

const origin = { id: '0123456789abcdef', ip: '203.0.113.7' }
const deed: Deed = {
  event: 'rename',
  server: 'main',
  kind: 'whm',
  user: 'resell',
  account: 'bob',
  token: 'a',
  newName: 'b',
}

test('a line says who did what from where, and what came of it', () => {
  expect(JSON.parse(auditLine(origin, deed))).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    msg: 'audit',
    event: 'rename',
    phase: 'begun',
    id: '0123456789abcdef',
    from: '203.0.113.7',
    server: 'main',
    kind: 'whm',
    user: 'resell',
    account: 'bob',
    token: 'a',
    newName: 'b',
  })
  const ended = JSON.parse(auditLine(origin, deed, { result: 'refused', why: 'rejected' }))
  expect(ended).toMatchObject({ phase: 'ended', result: 'refused', why: 'rejected', token: 'a' })
})

test.each([
  ['a line break', 'x\n{"msg":"audit","event":"revoke"}'],
  ['a line break of another kind', 'x\r\u0085\u2028\u2029\v\f'],
  ['quotes and backslashes', 'x","result":"done","y":"\\'],
  ['what steers a terminal', '\u001b[2J\u009b2J\u007f'],
  ['what turns the direction of writing', 'a\u202eb\u2066'],
  ['half a character', 'x\ud83d'],
  ['characters of all kinds', 'ünïcode 🗝'],
])('%s in a name is just a part of it', (_name, token) => {
  const line = auditLine(origin, { ...deed, token })
  expect(line).toMatch(/^[ -~]+\n$/)
  expect(JSON.parse(line)).toMatchObject({ event: 'rename', token })
  expect(JSON.parse(line)).not.toHaveProperty('result')
})

test('a name is cut where it would fill the disk', () => {
  const long = 'x'.repeat(60_000)
  const line = auditLine(origin, { ...deed, account: long, token: long, newName: long })
  expect(line.length).toBeLessThan(1000)
  expect(JSON.parse(line)).toMatchObject({ token: `${'x'.repeat(200)}…`, account: `${'x'.repeat(200)}…` })
  expect(JSON.parse(auditLine(origin, { ...deed, token: 'x'.repeat(200) }))).toMatchObject({ token: 'x'.repeat(200) })
})

test('a gap is a line as well', () => {
  const since = new Date('2026-11-24T21:00:00Z')
  expect(JSON.parse(gapLine({ since, lines: 3 }))).toMatchObject({
    msg: 'audit',
    event: 'gap',
    since: '2026-11-24T21:00:00.000Z',
    lines: 3,
  })
})
