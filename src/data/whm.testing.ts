import { FakeCpanel, fakeForEach, SECRET, SESSION_ENDED } from './cpanel.testing'
import { whmUserOf } from './tokens'

export const whmUser = whmUserOf('main.whm.root')

export type WhmRow = {
  name: string
  create_time: number
  expires_at: number | null
  acls: string[]
  whitelist_ips: string[] | null
}

/** What a user of WHM has; its list says of each whether a token has it. */
const HELD = ['all', 'create-acct', 'kill-acct', 'list-accts', 'manage-api-tokens', 'passwd']

/**
 * The tokens of one WHM user, with the faults of FakeCpanel. What is left out of an update becomes what WHM says that it does:
 * everything, for ever, from anywhere (CPANEL_API.md 2.4).
 */
export class FakeWhm extends FakeCpanel {
  override rows = new Map<string, WhmRow>()
  /** What becomes of a token that is saved: a server may do something else than it was asked. */
  stores: (row: WhmRow) => WhmRow = (row) => row
  /** What the answer says of a token that was saved. */
  tells: (row: WhmRow) => object = (row) => row

  /** The token that the login itself is by; with it goes the login. */
  own: string | null = null

  override add(...names: string[]): void {
    for (const name of names) this.put({ name })
  }

  /** What came with each update. */
  updates(): object[] {
    return this.bodies.filter(([name]) => name === 'api_token_update').map(([, body]) => body)
  }

  /** Updates that left something out, which would have become everything. */
  incompleteUpdates(): object[] {
    const parts = ['token_name', 'acl', 'expires_at', 'whitelist_ip']
    return this.updates().filter((body) => !parts.every((part) => Object.hasOwn(body, part)))
  }

  /** A token as it is, whatever was there of its name. */
  put(row: Partial<WhmRow> & { name: string }): void {
    const usual = { create_time: 1_600_000_000, expires_at: null, acls: ['list-accts'], whitelist_ips: null }
    this.rows.set(row.name, { ...usual, ...row })
  }

  protected override does(name: string, token: string, body: Record<string, unknown>): unknown {
    if (name === 'api_token_list') return { tokens: Object.fromEntries([...this.rows].map(listed)) }
    if (name === 'own-token') return this.rows.get(this.own ?? '') ?? null
    if (name === 'api_token_revoke' && token === this.own) this.always.set('api_token_revoke', SESSION_ENDED)
    const before = this.rows.get(token)
    this.rows.delete(token)
    if (name === 'api_token_revoke') return undefined
    const isNew = name === 'api_token_create'
    const row = this.stores({
      name: typeof body['new_name'] === 'string' ? body['new_name'] : token,
      create_time: before === undefined || isNew ? this.now() : before.create_time,
      expires_at: Number(body['expires_at'] ?? 0) || null,
      acls: texts(body['acl']) ?? HELD,
      whitelist_ips: body['whitelist_ip'] === 'any' ? null : (texts(body['whitelist_ip']) ?? null),
    })
    this.rows.set(row.name, row)
    return isNew ? { ...row, token: SECRET } : this.tells(row)
  }

  protected override yes(data: unknown): object {
    return whmSays(data)
  }

  protected override no(): object {
    return whmSays(null, { result: 0, reason: 'No.' })
  }
}

/** Its list says what is granted as a map over all the user has, every other answer as a list (CPANEL_API.md 2.3). */
function listed([name, { acls, ...row }]: [string, WhmRow]): [string, object] {
  const all = [...new Set([...HELD, ...acls])]
  return [name, { ...row, acls: Object.fromEntries(all.map((acl) => [acl, acls.includes(acl) ? 1 : 0])) }]
}

function texts(value: unknown): string[] | null {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.map(String) : null
}

/** WHM's envelope. */
export function whmSays(data: unknown, metadata: object = { result: 1, reason: 'OK' }): object {
  return { data, metadata }
}

/** What an account's server says, as `uapi_cpanel` passes it on. */
export function throughWhm(uapi: unknown): object {
  return whmSays({ uapi })
}

/** The same for a whole answer. */
export async function wrapped(answer: Response): Promise<Response> {
  return answer.ok ? Response.json(throughWhm(await answer.json()), { headers: answer.headers }) : answer
}

/** A new WHM server for each test of a file: see fakeCpanelForEach. */
export function fakeWhmForEach(): { current: FakeWhm } {
  return fakeForEach(() => new FakeWhm())
}
