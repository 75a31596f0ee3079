/** WHM API 1, as far as the dashboard asks it. */
import * as v from 'valibot'
import { send, type Api } from './call'
import { read, whmData } from './wire'

/** One cPanel account as `listaccts` tells it (CPANEL_API.md 3.6). */
export type HostedAccount = { user: string; domain: string; owner: string; isSuspended: boolean }

const row = v.pipe(
  v.object({
    user: v.pipe(v.string(), v.nonEmpty()),
    domain: v.fallback(v.string(), ''),
    owner: v.fallback(v.string(), ''),
    suspended: v.optional(v.unknown()),
  }),
  v.transform((account): HostedAccount => ({
    user: account.user,
    domain: account.domain,
    owner: account.owner,
    isSuspended: account.suspended === 1 || account.suspended === '1',
  })),
)

/** The accounts that the WHM user of a connection may manage. Needs the privilege `list-accts`. */
export async function listAccounts(api: Api, connection: string, signal?: AbortSignal): Promise<HostedAccount[]> {
  const { body } = await send(api, {
    method: 'POST',
    path: ['connections', connection, 'json-api', 'listaccts'],
    body: { want: 'user,domain,owner,suspended' },
    signal,
  })
  return read(v.object({ acct: v.array(row) }), whmData(body)).acct
}
