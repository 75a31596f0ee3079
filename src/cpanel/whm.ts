/** WHM API 1, as far as the dashboard asks it. */
import * as v from 'valibot'
import { send, type Api } from './call'
import { isYes, read, whmData } from './wire'

/**
 * One cPanel account as `listaccts` tells it (CPANEL_API.md 3.6). `childNodes` are the names of other servers that do a part of
 * its work under the control of this one; mostly there are none.
 */
export type HostedAccount = {
  user: string
  domain: string
  owner: string
  plan: string
  isSuspended: boolean
  childNodes: readonly string[]
}

/** No account is called like a step in a path, nor has a slash: the URLs of its pages would be those of others. */
const userField = v.pipe(v.string(), v.regex(/^(?!\.{1,2}$)[^/\0\p{Surrogate}]+$/u))

const row = v.pipe(
  v.object({
    user: userField,
    domain: v.fallback(v.string(), ''),
    owner: v.fallback(v.string(), ''),
    plan: v.fallback(v.string(), ''),
    suspended: v.optional(v.unknown()),
    child_nodes: v.fallback(v.array(v.object({ alias: v.string() })), []),
  }),
  v.transform((account): HostedAccount => ({
    user: account.user,
    domain: account.domain,
    owner: account.owner,
    plan: account.plan,
    isSuspended: isYes(account.suspended),
    childNodes: account.child_nodes.map(({ alias }) => alias),
  })),
)

/** The accounts that the WHM user of a connection may manage. Needs the privilege `list-accts`. */
export async function listAccounts(api: Api, connection: string, signal?: AbortSignal): Promise<HostedAccount[]> {
  const { body } = await send(api, {
    method: 'POST',
    path: ['connections', connection, 'json-api', 'listaccts'],
    body: { want: 'user,domain,owner,plan,suspended,child_nodes' },
    signal,
  })
  const { acct } = read(v.object({ acct: v.array(row) }), whmData(body))
  // A user said twice is one account.
  const byUser = new Map<string, HostedAccount>()
  for (const account of acct) if (!byUser.has(account.user)) byUser.set(account.user, account)
  return [...byUser.values()]
}

/**
 * What the WHM user may do: the names of its privileges (ACLs), and what they mean for this product. `all` is everything
 * (CPANEL_API.md 2.8).
 */
export type Privileges = {
  held: readonly string[]
  mayListAccounts: boolean
  mayReachAccounts: boolean
  mayManageTokens: boolean
}

const privileges = v.object({ privileges: v.tuple([v.record(v.string(), v.unknown())]) })

/** Asks for the privileges of the WHM user. A restricted token may be refused even this (CPANEL_API.md 2.7). */
export async function readPrivileges(api: Api, connection: string, signal?: AbortSignal): Promise<Privileges> {
  const { body } = await send(api, {
    method: 'POST',
    path: ['connections', connection, 'json-api', 'myprivs'],
    body: {},
    signal,
  })
  const [said] = read(privileges, whmData(body)).privileges
  const held = Object.keys(said).filter((name) => isYes(said[name]))
  const holds = (name: string) => held.includes('all') || held.includes(name)
  return {
    held: held.toSorted(),
    mayListAccounts: holds('list-accts'),
    mayReachAccounts: holds('cpanel-api'),
    mayManageTokens: holds('manage-api-tokens'),
  }
}

/** The version of cPanel & WHM as the server says it. Needs no privilege, so it also tells whether the connection lives. */
export async function readVersion(api: Api, connection: string, signal?: AbortSignal): Promise<string> {
  const { body } = await send(api, {
    method: 'POST',
    path: ['connections', connection, 'json-api', 'version'],
    body: {},
    signal,
  })
  return read(v.object({ version: v.string() }), whmData(body)).version
}
