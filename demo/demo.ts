import type { NewAccount, NewToken, NewWhmToken } from './new-account'
import type { CertificateFlaw } from './certificate'
import type { Mishap } from './mishap'
import type { Kind, RuntimeOptions } from './options'
import type { CallRecord } from './world'

/** A running simulated server, and everything a test may do behind the page's back. */
export interface Demo {
  /** `https://127.0.0.1:PORT` of cPanel. */
  readonly cpanelUrl: string
  /** `https://127.0.0.1:PORT` of WHM. */
  readonly whmUrl: string
  readonly certificatePem: string
  /** SHA-256 of the certificate, `AB:CD:…`. */
  readonly fingerprint256: string
  /** Users to show to people. */
  readonly logins: readonly Login[]
  /** The calls since the start or the last reset, oldest first. Inner calls of a batch count too. */
  readonly calls: readonly CallRecord[]
  /**
   * Everything secret that this server ever knew, issued or accepted, also before a reset: passwords, ids of sessions (and as
   * their cookie has them), security tokens, secrets of API tokens. Not the two-factor codes: six digits are found anywhere.
   */
  secrets(): readonly string[]
  /** Everything as at the start: accounts, tokens, settings; sessions and calls are gone. Listeners stay. */
  reset(): void
  /** Stops listening and ends every connection at once. */
  close(): Promise<void>
  /** Changes settings while it runs; quirks are merged. Throws WrongOption. */
  set(options: RuntimeOptions): void
  /** Makes an account, so that a test can have its own. Replaces one of the same name. */
  addAccount(options?: NewAccount): AddedAccount
  /** Terminates an account: its tokens and sessions die. */
  removeAccount(username: string): void
  /** Suspends an account or, with false, lifts that. */
  suspendAccount(username: string, suspended?: boolean | string): void
  /** Switches a feature of an account on or off. */
  setFeature(username: string, feature: string, isOn: boolean): void
  /** Gives a WHM user exactly these privileges. */
  setPrivileges(username: string, privileges: readonly string[]): void
  /** What cPanel tokens an account really has. */
  tokens(username: string): readonly TokenTruth[]
  /** What WHM tokens a user really has. */
  whmTokens(username: string): readonly WhmTokenTruth[]
  /** Adds a token past every rule. Returns its secret. */
  seedToken(username: string, token: NewToken): string
  seedWhmToken(username: string, token: NewWhmToken): string
  /** Renames a token as somebody else would, meanwhile. Throws when there is none of that name. */
  renameToken(username: string, name: string, newName: string, kind?: Kind): void
  revokeToken(username: string, name: string, kind?: Kind): void
  /**
   * The server dies, at once or after so many further calls (of the function `name`, as `calls` names it) have been answered:
   * every connection breaks without an answer. A call that came one too many while those were worked on breaks as well.
   * What breaks so is not done and not in `calls` (only what a slow account held back is there already). What the server
   * knows stays, sessions as well.
   */
  die(afterCalls?: number, name?: string): void
  /** The server answers again. `reset` does that, too. */
  revive(): void
  /**
   * The next call of the function `name` (as `calls` names it) on an account meets a mishap, once; planned again, the one after
   * it as well. README.md says what each is.
   */
  plan(mishap: Mishap, call: { readonly name: string; readonly account: string }): void
  /** Ends all sessions of a user. Returns how many there were. */
  endSessions(username: string): number
  /** One more address of the same server, with a certificate of its own. */
  addListener(options: ListenerOptions): Promise<AddedListener>
}

/** A user for people to try. */
export interface Login {
  readonly kind: Kind
  readonly username: string
  readonly password: string
  /** The code of two-factor sign-in. */
  readonly code?: string
  readonly note: string
}

/** An account as `addAccount` made it; secrets by token name. */
export interface AddedAccount {
  readonly username: string
  readonly password: string
  readonly code?: string
  readonly domain: string
  readonly secrets: Readonly<Record<string, string>>
  readonly whmSecrets: Readonly<Record<string, string>>
}

/** A cPanel token, without its secret. Times in seconds since epoch; null: never. */
interface TokenTruth {
  readonly name: string
  readonly createTime: number
  readonly expiresAt: number | null
  readonly isReadonly: boolean
  readonly features: readonly string[]
}

/** A WHM token, without its secret. */
interface WhmTokenTruth {
  readonly name: string
  readonly createTime: number
  readonly expiresAt: number | null
  readonly acls: readonly string[]
  readonly whitelist: readonly string[] | null
}

/** A further listener. Without TLS it sends everybody to the secure port, as 2082 and 2086 do. */
export interface ListenerOptions {
  readonly kind: Kind
  readonly certificate: CertificateFlaw | 'no-tls'
  readonly port?: number
}

export interface AddedListener {
  readonly url: string
  /** Empty without TLS. */
  readonly certificatePem: string
  readonly fingerprint256: string
  close(): Promise<void>
}
