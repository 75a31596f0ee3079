/**
 * The privileges (ACLs) of WHM: what they are called, which are dangerous, which ones a job needs, and how they are chosen.
 * Titles and groups are cPanel's own names. Pure functions.
 * @see CPANEL_API.md 2.8, and https://docs.cpanel.net/whm/resellers/edit-reseller-nameservers-and-privileges/
 */
import { PRIVILEGE_FACTS } from './privilegeFacts'

/** `name` is what the wire says, `title` what WHM shows. `tier` and `group` are empty where cPanel's list has it not. */
export type Privilege = { name: string; title: string; tier: string; group: string; danger: PrivilegeDanger | null }

/**
 * Why a token with this privilege is not limited by its others: it is `root` itself, it changes `passwords` to sign in with
 * them, it opens `sessions` of others, or it makes new `tokens`. cPanel warns of these four (CPANEL_API.md 2.8).
 */
export type PrivilegeDanger = 'root' | 'passwords' | 'sessions' | 'tokens'

/** Privileges that WHM shows together. `key` is unique and stable: groups of two tiers may have the same name. */
export type PrivilegeGroup = { key: string; tier: string; group: string; privileges: readonly Privilege[] }

/** Every privilege in one; plugins' included. */
const ALL = 'all'

const dangers = new Map<string, PrivilegeDanger>([
  [ALL, 'root'],
  ['passwd', 'passwords'],
  ['create-user-session', 'sessions'],
  ['manage-api-tokens', 'tokens'],
])

const knownGroups = PRIVILEGE_FACTS.map(([tier, group, facts]) => groupOf(tier, group, facts))
const known = new Map(knownGroups.flatMap(({ privileges }) => privileges.map((one) => [one.name, one] as const)))

function groupOf(tier: string, group: string, facts: readonly (readonly [string, string])[]): PrivilegeGroup {
  const privileges = facts.map(([name, title]) => ({ name, title, tier, group, danger: dangerOf(name) }))
  return { key: `${tier}/${group}`, tier, group, privileges }
}

function untitled(name: string): readonly [name: string, title: string] {
  return [name, name]
}

/**
 * These privileges as WHM groups and orders them, without empty groups. `all` brings every known one with it. Those that
 * cPanel's list has not (plugins add some) come last, in a group without a name, by their own names.
 */
export function privilegeGroups(names: Iterable<string>): PrivilegeGroup[] {
  const offered = new Set(names)
  const groups = knownGroups.map((group) => ({
    ...group,
    privileges: group.privileges.filter(({ name }) => offered.has(ALL) || offered.has(name)),
  }))
  const unknown = [...offered].filter((name) => !known.has(name)).toSorted()
  const others = groupOf('', '', unknown.map(untitled))
  return [...groups, others].filter(({ privileges }) => privileges.length > 0)
}

/** cPanel's title of a privilege; its name where cPanel's list has it not. */
export function privilegeTitle(name: string): string {
  return known.get(name)?.title ?? name
}

/** Why a privilege makes limits worthless, or null. Of a plugin's privileges nobody knows: null. */
export function dangerOf(name: string): PrivilegeDanger | null {
  return dangers.get(name) ?? null
}

/** A job that a token may be for. */
export type Preset = 'read-only' | 'billing' | 'dns' | 'provisioning' | 'account-tokens'

export const PRESETS: readonly Preset[] = ['read-only', 'billing', 'dns', 'provisioning', 'account-tokens']

/**
 * What each job needs, by cPanel's own descriptions, and never a dangerous one: such a token could do everything else as
 * well, so who wants one ticks it knowingly.
 */
const jobs: Readonly<Record<Preset, readonly string[]>> = {
  // Not ns-config, which manages nameservers, nor ssl-info, whose answers may hold private keys.
  'read-only': [
    'acct-summary',
    'basic-system-info',
    'basic-whm-functions',
    'list-accts',
    'list-pkgs',
    'mysql-info',
    'show-bandwidth',
    'stats',
    'status',
    'track-email',
  ],
  // WHMCS and its like. Two things they offer are left out for their danger: a new password for a customer (passwd) and
  // single sign-on (create-user-session). So is edit-account, which reaches beyond packages and grants shell access.
  billing: [
    'acct-summary',
    'basic-system-info',
    'basic-whm-functions',
    'create-acct',
    'kill-acct',
    'list-accts',
    'list-pkgs',
    'show-bandwidth',
    'suspend-acct',
    'upgrade-account',
    'viewglobalpackages',
  ],
  // Not clustering, which passes by the limits on zones.
  dns: [
    'basic-whm-functions',
    'create-dns',
    'edit-dns',
    'edit-mx',
    'kill-dns',
    'list-accts',
    'manage-dns-records',
    'ns-config',
    'park-dns',
  ],
  // Sets accounts up and changes their packages, and ends none: nothing here destroys data.
  provisioning: [
    'acct-summary',
    'add-pkg',
    'basic-whm-functions',
    'create-acct',
    'edit-pkg',
    'list-accts',
    'list-pkgs',
    'suspend-acct',
    'upgrade-account',
    'viewglobalpackages',
  ],
  // What this product itself needs for the tokens of the accounts: to find an account, and to call its UAPI.
  'account-tokens': ['acct-summary', 'basic-whm-functions', 'cpanel-api', 'list-accts'],
}

/** The privileges of a job as far as somebody holds them, sorted; nobody can give away more (CPANEL_API.md 2.2). */
export function presetPrivileges(preset: Preset, held: readonly string[]): string[] {
  return jobs[preset].filter((name) => held.includes(ALL) || held.includes(name)).toSorted()
}

/** What a choice grants among those on offer: with `all` each of them, else what was chosen. */
export function effectivePrivileges(selected: ReadonlySet<string>, offered: readonly string[]): ReadonlySet<string> {
  return selected.has(ALL) ? new Set([...offered, ...selected]) : selected
}

/**
 * The choice after ticking (`isWanted`) or unticking these names; what it was is left alone. As in WHM, `all` goes off when
 * one that it includes is unticked, and the rest on offer stays on; `all` unticked leaves what was chosen besides it.
 */
export function withPrivileges(
  selected: ReadonlySet<string>,
  offered: readonly string[],
  names: readonly string[],
  isWanted: boolean,
): ReadonlySet<string> {
  if (isWanted) return new Set([...selected, ...names])
  if (names.length === 0) return selected
  const unwanted = new Set([ALL, ...names])
  const before = names.includes(ALL) ? selected : effectivePrivileges(selected, offered)
  return new Set([...before].filter((name) => !unwanted.has(name)))
}

/** Whether two choices grant the same; order and doubles don't matter, nor does what is listed beside `all`. */
export function samePrivileges(one: Iterable<string>, other: Iterable<string>): boolean {
  const [first, second] = [new Set(one), new Set(other)]
  if (first.has(ALL) && second.has(ALL)) return true
  return first.size === second.size && [...first].every((name) => second.has(name))
}
