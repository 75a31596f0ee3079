import { hashSecret } from './random'

/** A token of a cPanel account. The secret itself is not kept (section 9.5). Times in seconds since epoch. */
export interface CpanelToken {
  readonly name: string
  readonly secretHash: string
  readonly createTime: number
  /** null: never. */
  readonly expiresAt: number | null
  readonly isReadonly: boolean
  /** Empty: full access (section 1.2). */
  readonly features: readonly string[]
}

/** A token of a WHM user. Times in seconds since epoch. */
export interface WhmToken {
  readonly name: string
  readonly secretHash: string
  readonly createTime: number
  /** null: never. */
  readonly expiresAt: number | null
  readonly acls: readonly string[]
  /** Addresses and prefixes, IPv6 expanded; null: any. */
  readonly whitelist: readonly string[] | null
}

/** What is wrong with a token name, or null: 1 to 50 letters, digits, dashes and underscores (sections 1.1, 2). */
export function nameFault(parameter: string, name: string): string | null {
  if (name === '') return `The parameter “${parameter}” is required.`
  if (name.length > 50) return `The parameter “${parameter}” may not be longer than 50 characters.`
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    return `The parameter “${parameter}” may only contain alphanumeric characters, dashes (-), and underscores (_).`
  }
  return null
}

/** Whether a name is in use, by the rule of this server for upper and lower case (section 1.6). */
export function isTaken(
  tokens: ReadonlyMap<string, unknown>,
  name: string,
  rule: 'case-sensitive' | 'case-insensitive',
): boolean {
  if (rule === 'case-sensitive') return tokens.has(name)
  return [...tokens.keys()].some((known) => known.toLowerCase() === name.toLowerCase())
}

/** Whether a token has expired. It stays listed, but no longer authenticates (section 9.6). */
export function isExpired(token: { readonly expiresAt: number | null }, seconds: number): boolean {
  return token.expiresAt !== null && token.expiresAt <= seconds
}

/** The token a secret belongs to. */
export function findBySecret<Token extends { readonly secretHash: string }>(
  tokens: ReadonlyMap<string, Token>,
  secret: string,
): Token | undefined {
  const hash = hashSecret(secret)
  for (const token of tokens.values()) if (token.secretHash === hash) return token
  return undefined
}
