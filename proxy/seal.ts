import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'

/** A new random secret of 256 bits, in base64url (43 characters). */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What a secret of `newSecret` is good for: where its record is found, and 32 bytes that open or mask it. They are the halves
 * of one SHA-512 of the secret and of what they are for (NIST SP 800-56C r2, 4.1; one block is all that is wanted). Who
 * knows one half learns neither the other nor the secret.
 *
 * @param purpose two of them have nothing to do with each other
 */
export function derive(secret: string, purpose: 'ticket' | 'vault'): { storeKey: string; key: Buffer } {
  const derived = hash('sha512', `\0\0\0\u0001${secret}cpanel-keyring ${purpose}`, 'buffer')
  return { storeKey: derived.toString('base64url', 0, 32), key: derived.subarray(32) }
}

/**
 * Hides a secret behind a key that hides nothing else, ever, or shows it again: a one-time pad. Who changes what is kept
 * gets a secret under which nothing is found.
 */
export function mask(key: Buffer, secret: string): string {
  const bytes = Buffer.from(secret, 'base64url')
  return Buffer.from(bytes.map((byte, index) => byte ^ (key[index] ?? 0))).toString('base64url')
}

/** A name for `value` that only the holder of the secret can compute: the store does not learn user or server names. */
export function blindName(secret: string, value: string): string {
  return hash('sha512', `\0\0\0\u0001${secret}cpanel-keyring name ${value}`, 'buffer').toString('base64url', 0, 32)
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
    const text = decipher.update(bytes.subarray(28))
    // Throws when it is not what was sealed. In this mode nothing is left for it to answer.
    decipher.final()
    return text.toString('utf8')
  } catch {
    return undefined
  }
}
