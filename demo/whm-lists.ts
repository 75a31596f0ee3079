import { listed } from './account-story'
import { whmOk, type WhmResult } from './envelopes'
import { accountRow } from './account-row'
import { valueOf } from './params'
import { mayReach } from './reach'
import { Refusal } from './refusals'
import { textOf, type Row } from './table'
import { only, whmTable } from './table-whm'
import type { WhmCall, WhmFunctions } from './whm-function'

/** Lists of accounts and resellers. Which privilege the last two need is not documented: the demo takes `all`. */
export const listFunctions: WhmFunctions = [
  [
    'listaccts',
    { since: 11, acl: 'list-accts', params: ['search', 'searchmethod', 'searchtype', 'want'], run: listAccounts },
  ],
  ['listresellers', { since: 11, acl: 'all', params: [], run: listResellers }],
  ['listacls', { since: 11, acl: 'all', params: [], run: listAcls }],
]

/** The accounts the caller may see (section 3.6). */
function listAccounts(call: WhmCall): WhmResult {
  const { exchange, params, command } = call
  const accounts = [...exchange.world.accounts.values()].filter(
    (account) => account.isListed && mayReach(call, account),
  )
  const fits = searchIn(call)
  const rows = listed(exchange, call.caller.account, accounts.map(accountRow).filter(fits))
  if (rows === null) return whmOk(command, null)
  const wanted = (valueOf(params, 'want') ?? '').split(',').filter(Boolean)
  const table = whmTable(wanted.length === 0 ? rows : rows.map((row) => only(row, wanted)), params)
  return whmOk(command, { acct: table.rows }, table.metadata)
}

const searchFields: Readonly<Record<string, string>> = {
  domain: 'domain',
  owner: 'owner',
  user: 'user',
  ip: 'ip',
  package: 'plan',
}

function searchIn({ params }: WhmCall): (row: Row) => boolean {
  const search = valueOf(params, 'search')
  const type = valueOf(params, 'searchtype') ?? 'domain'
  const field = searchFields[type]
  const method = valueOf(params, 'searchmethod') ?? 'regex'
  if (field === undefined) throw new Refusal(`The search type “${type}” is not known.`)
  if (method !== 'regex' && method !== 'exact') throw new Refusal(`The search method “${method}” is not known.`)
  if (search === undefined || search === '') return () => true
  if (method === 'exact') return (row) => row[field] === search
  const pattern = patternFrom(search)
  return (row) => pattern.test(textOf(row[field]))
}

/** cPanel takes a Perl expression; what JavaScript can't read is refused. */
function patternFrom(search: string): RegExp {
  try {
    return new RegExp(search, 'i')
  } catch {
    throw new Refusal('The search is not a valid regular expression.')
  }
}

function listResellers({ exchange, command }: WhmCall): WhmResult {
  const resellers = [...exchange.world.accounts.values()].filter(
    (account) => account.reseller !== null && account.isHosted,
  )
  return whmOk(command, { reseller: resellers.map(({ username }) => username) })
}

/** Saved lists of privileges, not the catalogue of privileges (section 2.9). */
function listAcls({ command }: WhmCall): WhmResult {
  const privileges = { 'list-accts': 1, 'create-acct': 1, 'suspend-acct': 1, 'kill-acct': 0, all: 0 }
  return whmOk(command, { acl: [{ name: 'default', privileges }] })
}
