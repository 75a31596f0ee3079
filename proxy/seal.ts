import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What is derived from one random secret: where its record is found, and the key that opens the record. */
export type SealKeys = { storeKey: string; sealKey: Buffer }

/** A new random secret of 256 bits, in base64url (43 characters). */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * Derives the two halves of a secret (HKDF-SHA256, RFC 5869). The store key is hashed once more: who reads the store
 * learns neither the secret nor the sealing key.
 */
export function deriveKeys(secret: string): SealKeys {
  const derived = Buffer.from(hkdfSync('sha256', secret, 'cpanel-keyring', 'session', 64))
  const storeKey = createHash('sha256').update(derived.subarray(0, 32)).digest('base64url')
  return { storeKey, sealKey: derived.subarray(32) }
}

/** A name for `value` that only the holder of the key can compute: the store does not learn user or server names. */
export function blindName(key: Buffer, value: string): string {
  return createHmac('sha256', key).update(value).digest('base64url')
}

/** Encrypts with AES-256-GCM under a fresh nonce. `context` is authenticated too: a record cannot be moved elsewhere. */
export function seal(key: Buffer, text: string, context: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Opens what `seal` made; undefined when the key, the context or a single bit differs. */
export function unseal(key: Buffer, sealed: string, context: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 28) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
