import { defaultQuirks, type Quirks } from './quirks'

/** The two services of a server: cPanel (port 2083) and WHM (port 2087). */
export type Kind = 'cpanel' | 'whm'

/** Everything that can be chosen for a simulated server. All of it is optional. */
export interface DemoOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string
  /** Port of cPanel; 0 (default) takes any free one. */
  readonly cpanelPort?: number
  /** Port of WHM; 0 (default) takes any free one. */
  readonly whmPort?: number
  /** The same seed makes the same accounts, tokens and secrets. Default 1. */
  readonly seed?: number | string
  /** Generated accounts besides the named ones (alice, bob …). Default 24. */
  readonly accounts?: number
  /** Tokens of each generated account. Default 5. */
  readonly tokensPerAccount?: number
  /** Milliseconds every call takes at least, every command of a batch as well. Default 0. */
  readonly latencyMs?: number
  /** Calls worked on at a time; further ones queue. Default: no limit. */
  readonly maxParallel?: number
  /** The server's clock: milliseconds since epoch, or an offset in milliseconds to the real time. */
  readonly clock?: (() => number) | number
  /** Major version of cPanel, 80 to 138 (section 5). Default 138. */
  readonly version?: number
  /** Seconds until an idle session ends. Default 900 (section 4.2). */
  readonly sessionIdleSeconds?: number
  /** Failed passwords per account until it is blocked (section 4.4; cPanel: 15). Default 1000. */
  readonly blockAfterFailures?: number
  /** Seconds such a block lasts. Default 300. */
  readonly blockSeconds?: number
  /** Delay of the sentinels `slow` and `slow-create`. Default 4000. */
  readonly slowMs?: number
  /** Delay of the sentinel `verylong`. Default 65000. */
  readonly veryLongMs?: number
  /** Answers to what the documentation leaves open. */
  readonly quirks?: Partial<Quirks>
}

/** The options that can be changed while the server runs. */
export type RuntimeOptions = Omit<
  DemoOptions,
  'host' | 'cpanelPort' | 'whmPort' | 'seed' | 'accounts' | 'tokensPerAccount'
>

/** The options with every default filled in. */
export interface Settings extends Required<Omit<DemoOptions, 'clock' | 'quirks'>> {
  readonly clock: () => number
  readonly quirks: Quirks
}

/** Thrown for an option that makes no sense; names the option and what would be right. */
class WrongOption extends Error {
  override readonly name = 'WrongOption'
}

const defaults: Settings = {
  host: '127.0.0.1',
  cpanelPort: 0,
  whmPort: 0,
  seed: 1,
  accounts: 24,
  tokensPerAccount: 5,
  latencyMs: 0,
  maxParallel: Number.POSITIVE_INFINITY,
  clock: () => Date.now(),
  version: 138,
  sessionIdleSeconds: 900,
  blockAfterFailures: 1000,
  blockSeconds: 300,
  slowMs: 4000,
  veryLongMs: 65_000,
  quirks: defaultQuirks,
}

/** The settings that are whole numbers. */
export type NumberName = Exclude<keyof Settings, 'host' | 'seed' | 'clock' | 'quirks'>

/** What each of them may be. */
export const limits: readonly (readonly [name: NumberName, min: number, max: number])[] = [
  ['cpanelPort', 0, 65_535],
  ['whmPort', 0, 65_535],
  ['accounts', 0, 100_000],
  ['tokensPerAccount', 0, 10_000],
  ['latencyMs', 0, 600_000],
  ['maxParallel', 1, Number.POSITIVE_INFINITY],
  ['version', 80, 138],
  ['sessionIdleSeconds', 1, 86_400],
  ['blockAfterFailures', 1, 1_000_000],
  ['blockSeconds', 1, 86_400],
  ['slowMs', 0, 600_000],
  ['veryLongMs', 0, 600_000],
]

/** Fills in what is missing, from `base` or the defaults. Throws WrongOption. */
export function settle(options: DemoOptions, base: Settings = defaults): Settings {
  const { clock, quirks, ...plain } = options
  const settings = { ...base, ...plain, clock: clockFrom(clock, base), quirks: { ...base.quirks, ...quirks } }
  for (const [name, min, max] of limits) {
    const value = settings[name]
    const isWhole = Number.isInteger(value) || value === Number.POSITIVE_INFINITY
    if (isWhole && value >= min && value <= max) continue
    throw new WrongOption(`${name} is ${value}, but must be a whole number from ${min} to ${max}`)
  }
  return settings
}

function clockFrom(clock: DemoOptions['clock'], base: Settings): () => number {
  if (clock === undefined) return base.clock
  return typeof clock === 'number' ? () => Date.now() + clock : clock
}
