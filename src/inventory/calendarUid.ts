/** Whose token a reminder is about; `page` is the host where this Keyring is, since two may call their servers the same. */
export type ReminderId = { page: string; server: string; user: string; isWhmUser: boolean; name: string }

/**
 * What a calendar knows the reminder of a token by: the same for the same token, whichever connection or page it comes
 * from. A UUID, since a UID may tell nobody's name (RFC 7986, 5.3); version 8 is for ways of one's own (RFC 9562, 5.8).
 */
export function reminderUid({ page, server, user, isWhmUser, name }: ReminderId): string {
  const hex = sha256(JSON.stringify([page, server, user, isWhmUser, name])).slice(0, 32)
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}

const primes = firstPrimes(64)
const firstWords = (root: (prime: number) => number) =>
  Int32Array.from(primes, (prime) => Math.floor((root(prime) % 1) * 2 ** 32))
const ROUNDS = firstWords(Math.cbrt)
const START = firstWords(Math.sqrt).subarray(0, 8)

function firstPrimes(count: number): number[] {
  const found: number[] = []
  for (let number = 2; found.length < count; number += 1)
    if (found.every((prime) => number % prime !== 0)) found.push(number)
  return found
}

/**
 * SHA-256 of a text in UTF-8, as hexadecimal digits (FIPS 180-4). The browser's own answers only later, and not at all on
 * a page that came over plain http.
 */
export function sha256(text: string): string {
  const message = padded(new TextEncoder().encode(text))
  const words = new Int32Array(64)
  let state: Int32Array = START
  for (let at = 0; at < message.byteLength; at += 64) {
    for (let word = 0; word < 16; word += 1) words[word] = message.getInt32(at + word * 4)
    state = compressed(state, extended(words))
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The message, a bit that is set, zeros, and how many bits the message has. */
function padded(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64))
  for (const [at, byte] of bytes.entries()) view.setUint8(at, byte)
  view.setUint8(bytes.length, 0x80)
  view.setUint32(view.byteLength - 4, bytes.length * 8)
  return view
}

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by))

function extended(words: Int32Array): Int32Array {
  const at = (index: number) => words[index] ?? 0
  for (let next = 16; next < 64; next += 1) {
    const [early, late] = [at(next - 15), at(next - 2)]
    const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)
    const large = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10)
    words[next] = at(next - 16) + small + at(next - 7) + large
  }
  return words
}

function compressed(before: Int32Array, words: Int32Array): Int32Array {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = before
  for (let round = 0; round < 64; round += 1) {
    const choice = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const first =
      h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + (ROUNDS[round] ?? 0) + (words[round] ?? 0)
    const second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  const after = [a, b, c, d, e, f, g, h]
  return before.map((word, at) => word + (after[at] ?? 0))
}
