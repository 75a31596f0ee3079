import * as fc from 'fast-check'
import { accountFunctions, whmFunctions } from './listed'
import odd from './odd.json'

/** Names that servers know: what is one word from being listed, or listed for another function. */
const knownNames = [...accountFunctions.values(), ...whmFunctions.values()].flat().map((name) => name.replace('*', ''))

/** A name that means something to servers, to JavaScript, or to programs that build names out of names. */
export const oddName: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...new Set([...knownNames, ...odd.knownNames])) },
  { weight: 1, arbitrary: fc.constantFrom(...odd.names) },
)

/** A value as JSON text, which can say what no JavaScript value can; some of it is none. */
export const oddJson: fc.Arbitrary<string> = fc.constantFrom(...odd.json)

/** Any characters, halves of some among them. Drawn as numbers: fast-check's own strings take a second to get ready. */
export const anything: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)), { maxLength: 12 })
  .map((codes) => String.fromCodePoint(...codes))

/** Mostly short, and often one that begins something new where it is not escaped. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('ci', 'deploy-bot', 'a', 'backup_1') },
  { weight: 4, arbitrary: fc.constantFrom(...odd.texts, '\uD800') },
  { weight: 2, arbitrary: anything },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(300), 'é'.repeat(3000), '%2e'.repeat(1000)) },
)

/** A time in seconds, or what is close to one. */
export const time: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.nat().map(String) },
  { weight: 1, arbitrary: oddJson },
)

/** Text as bytes of UTF-8, one character a byte: what goes over a wire is put together as such strings. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** Text without halves of characters, which no escape can write. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}
