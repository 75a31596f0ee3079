import * as fc from 'fast-check'

/** What a server, or whatever stands before it, may send in place of what is documented. */

/** Names that run, turn around, ring, break out or cannot be said. */
const ODD_NAMES: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '\u202Egnp.nekot\u2066',
  'nul\u0000',
  'bell\u0007\u001B[31m',
  'half \uD800 pair',
  '\uDC00',
  '__proto__',
  'constructor',
  'toString',
  '..',
  'a/b?c#d',
  '=1+1',
  '{{name}}',
  '%00',
  'n'.repeat(5000),
]

const numbers: readonly unknown[] = [0, 1, -1, 1.5, JSON.parse('9007199254740993'), 1e300, -1e300]
const texts = ['', '0', '1', '01', '-1', '1.5', '1e3', ' 1', 'NaN', '99999999999999999999', '9'.repeat(400), '\u0661']
const shapes: readonly unknown[] = [
  [],
  {},
  [[]],
  [null],
  ['x'],
  [1, 0],
  { length: 3 },
  { toString: 1, valueOf: 1 },
  { name: 'x' },
]
const prototypes: readonly unknown[] = [
  JSON.parse('{"__proto__":{"name":"x","acls":["all"],"status":1}}'),
  JSON.parse('{"constructor":{"prototype":{"status":1}}}'),
]
const oddValues = [null, true, false, ...numbers, ...texts, ...shapes, ...prototypes, ...ODD_NAMES]

/** Any value of JSON, those that hurt more often than others. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddValues) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
)

type Path = readonly string[]

/** Every place of a JSON value, the whole itself first. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...path, key]))]
}

/** A copy in which one place is replaced: by nothing, by one value, or (in a list) by several. */
function changedAt(value: unknown, [key, ...rest]: Path, change: (before: unknown) => readonly unknown[]): unknown {
  if (key === undefined) return change(value)[0] ?? null
  const parts = (at: string, part: unknown) => {
    if (at !== key) return [part]
    return rest.length === 0 ? change(part) : [changedAt(part, rest, change)]
  }
  if (Array.isArray(value)) return value.flatMap((part: unknown, at) => parts(String(at), part))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([at, part]: [string, unknown]) => parts(at, part).map((one) => [at, one])),
  )
}

/** An answer that is right but for one place, which is odd, missing or there twice. `place` tells a failing test where. */
export function spoiled(answer: unknown): fc.Arbitrary<{ place: string; body: unknown }> {
  const way: fc.Arbitrary<(before: unknown) => readonly unknown[]> = fc.oneof(
    { weight: 5, arbitrary: odd.map((value) => () => [value]) },
    { weight: 1, arbitrary: fc.constant(() => []) },
    { weight: 1, arbitrary: odd.map((value) => (before: unknown) => [before, value, before]) },
  )
  return fc
    .tuple(fc.constantFrom(...placesOf(answer)), way)
    .map(([path, change]) => ({ place: path.join('.'), body: changedAt(answer, path, change) }))
}

/** The text of an answer that is no JSON, or only a part of it. */
export function brokenText(answer: unknown): fc.Arbitrary<string> {
  const whole = JSON.stringify(answer)
  return fc.oneof(
    fc.nat(whole.length - 1).map((end) => whole.slice(0, end)),
    fc.nat(whole.length - 1).map((start) => whole.slice(start + 1)),
    fc.tuple(fc.nat(whole.length), fc.string({ unit: 'binary', minLength: 1 })).map(([at, text]) => {
      return `${whole.slice(0, at)}${text}${whole.slice(at)}`
    }),
    fc.constantFrom(
      `${whole}${whole}`,
      `while(1);${whole}`,
      '<!doctype html><title>Login</title><script>alert(1)</script>',
      '{"data":NaN,"status":1}',
      'undefined',
      '[',
      '['.repeat(200_000),
      '\uFEFF',
      'OK',
      '\u0000',
    ),
    fc.string({ unit: 'binary' }),
  )
}
