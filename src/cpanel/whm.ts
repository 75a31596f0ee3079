/** WHM API 1, as far as the dashboard asks it. */
import * as v from 'valibot'
import { send, type Api } from './call'
import { read, whmData } from './wire'

/** One cPanel account as `listaccts` tells it (CPANEL_API.md 3.6). */
export type HostedAccount = { user: string; domain: string; owner: string; plan: string; isSuspended: boolean }

const row = v.pipe(
  v.object({
    user: v.pipe(v.string(), v.nonEmpty()),
    domain: v.fallback(v.string(), ''),
    owner: v.fallback(v.string(), ''),
    plan: v.fallback(v.string(), ''),
    suspended: v.optional(v.unknown()),
  }),
  v.transform((account): HostedAccount => ({
    user: account.user,
    domain: account.domain,
    owner: account.owner,
    plan: account.plan,
    isSuspended: account.suspended === 1 || account.suspended === '1',
  })),
)

/** The accounts that the WHM user of a connection may manage. Needs the privilege `list-accts`. */
export async function listAccounts(api: Api, connection: string, signal?: AbortSignal): Promise<HostedAccount[]> {
  const { body } = await send(api, {
    method: 'POST',
    path: ['connections', connection, 'json-api', 'listaccts'],
    body: { want: 'user,domain,owner,plan,suspended' },
    signal,
  })
  return read(v.object({ acct: v.array(row) }), whmData(body)).acct
}

/** What the WHM user may do, as far as this product asks. `all` is everything (CPANEL_API.md 2.8). */
export type Privileges = { mayListAccounts: boolean; mayReachAccounts: boolean }

const granted = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((value) => value === 1 || value === '1'),
)
const privileges = v.object({
  privileges: v.tuple([v.object({ all: granted, 'list-accts': granted, 'cpanel-api': granted })]),
})

/** Asks for the privileges of the WHM user. A restricted token may be refused even this (CPANEL_API.md 2.7). */
export async function readPrivileges(api: Api, connection: string, signal?: AbortSignal): Promise<Privileges> {
  const { body } = await send(api, {
    method: 'POST',
    path: ['connections', connection, 'json-api', 'myprivs'],
    body: {},
    signal,
  })
  const [held] = read(privileges, whmData(body)).privileges
  return { mayListAccounts: held.all || held['list-accts'], mayReachAccounts: held.all || held['cpanel-api'] }
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
