import * as fc from 'fast-check'
import odd from './odd.json'
import { bytesOf, text } from './values'

export type Header = readonly [name: string, value: string]

/**
 * Who shows which cookie. `{alice}` stands for the one that opens Alice's session, which nobody knows before it runs;
 * `{gone}` for that of a session that was signed out.
 */
const pair = fc
  .tuple(fc.constantFrom(...odd.cookieNames), fc.constantFrom(...odd.cookies, 'a'.repeat(6000)))
  .map((parts) => parts.join('='))

const cookie: fc.Arbitrary<Header> = fc
  .tuple(fc.array(pair, { minLength: 1, maxLength: 3 }), fc.constantFrom('; ', ';', ', ', ' ; ', '&', ';;'))
  .map(([pairs, between]) => ['Cookie', pairs.join(between)])

/** What some server, framework or proxy acts on. */
const other: fc.Arbitrary<Header> = fc.tuple(
  fc.constantFrom(...odd.headerNames),
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...odd.headerValues) },
    { weight: 1, arbitrary: text.map((value) => bytesOf(value).replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')) },
  ),
)

/** Headers that say how a request is to be read, some in ways that programs differ about. */
export const framingHeader: fc.Arbitrary<Header> = fc
  .constantFrom(...odd.framingHeaders, ['X-Odd', 'a'.repeat(20_000)])
  .map(([name = '', value = '']): Header => [name, value])

/** One header that differs from what the page sends. It is put in place of the one of its name, or beside it. */
export const headerFault: fc.Arbitrary<Header> = fc.oneof(
  { weight: 6, arbitrary: cookie },
  { weight: 3, arbitrary: fc.constantFrom(...odd.hosts).map((value): Header => ['Host', value]) },
  { weight: 2, arbitrary: fc.constantFrom(...odd.origins).map((value): Header => ['Origin', value]) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('same-origin', 'none', 'same-site', 'cross-site', '', 'same-origin, cross-site', 'SAME-ORIGIN')
      .map((value): Header => ['Sec-Fetch-Site', value]),
  },
  { weight: 3, arbitrary: fc.constantFrom(...odd.contentTypes).map((value): Header => ['Content-Type', value]) },
  { weight: 6, arbitrary: other },
)
