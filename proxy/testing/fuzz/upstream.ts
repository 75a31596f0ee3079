import { AsyncLocalStorage } from 'node:async_hooks'
import type { UpstreamAnswer } from '../../exchange'
import type { Upstream, Upstreams } from '../../upstream'

type Door = 'cpanel' | 'whm'

/** What came to a server, and for which case; `form` is the body as it would have gone out. */
export type Sent = {
  server: string
  door: Door
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  form: string
  cause: string | undefined
}

/** Says for which case what now runs does so. */
export const cause = new AsyncLocalStorage<string>()

/** Part of every answer to a call; what follows says whose data it is. */
export const PRIVATE = 'private data of '

/**
 * Servers in memory that let everybody in (`main`) or nobody (`second`), note all that reaches them, and fail in ways that a
 * call asks for.
 */
export function createFakeUpstreams() {
  const sent: Sent[] = []
  /** Which cases got which credential; '' is the test itself. */
  const issued = new Map<string, { door: Door; username: string; causes: Set<string> }>()
  let sessions = 0

  function issue(credential: string, door: Door, username: string): void {
    const known = issued.get(credential) ?? { door, username, causes: new Set() }
    known.causes.add(cause.getStore() ?? '')
    issued.set(credential, known)
  }

  function create(server: string, door: Door): Upstream {
    return {
      host: `${server}.example:2083`,
      async send({ method, path, headers = {}, form = [] }) {
        const body = new URLSearchParams(form.map(([name, value]) => [name, value])).toString()
        sent.push({ server, door, method, path, headers, form: body, cause: cause.getStore() })
        // Others come in between here, as they do while a real server thinks.
        await new Promise((resolve) => setImmediate(resolve))
        if (path.startsWith('/login/')) return answerLogin(server, door, new URLSearchParams(body).get('user') ?? '')
        const credential = headers['authorization'] ?? `${/^\/cpsess\d+/.exec(path)?.[0]} ${headers['cookie']}`
        const typed = /^(?:cpanel|whm) ([^:]+):/.exec(credential)?.[1]
        // Nobody has been here with this token yet: a sign-in tries it.
        if (typed !== undefined && !path.startsWith('/cpsess') && server === 'main' && isProbe(path))
          issue(credential, door, typed)
        const known = server === 'main' ? issued.get(credential) : undefined
        if (known === undefined || known.door !== door) return json(403, { cpanelresult: { error: 'Access denied' } })
        return answerCall(body, `${PRIVATE}${known.username}`)
      },
    }
  }

  function answerLogin(server: string, door: Door, username: string): UpstreamAnswer {
    if (server !== 'main') return json(401, { status: 0, message: 'invalid_login' })
    sessions += 1
    const securityToken = `/cpsess${String(sessions).padStart(10, '0')}`
    const cookie = `cpsession=SECRET${sessions}OF${username}`
    issue(`${securityToken} ${cookie}`, door, username)
    return {
      ...json(200, { status: 1, security_token: securityToken }),
      headers: { 'set-cookie': `${cookie}; secure` },
    }
  }

  const upstreams = new Map<string, Upstream>(
    ['main', 'second'].flatMap((server) =>
      (['cpanel', 'whm'] as const).map((door) => [`${server}.${door}`, create(server, door)] as const),
    ),
  )
  const all: Upstreams = {
    find: (server, kind) => upstreams.get(`${server}.${kind}`),
    states: () => [],
    close: async () => {},
  }
  return { upstreams: all, sent, issued }
}

function isProbe(path: string): boolean {
  return path === '/execute/Tokens/list' || path === '/json-api/version'
}

function answerCall(form: string, data: string): UpstreamAnswer {
  const wish = /answer-(401|403|500|page|redirect)/.exec(form)?.[1]
  if (wish === '403') return json(403, { cpanelresult: { error: data } })
  if (wish === '401' || wish === '500') return json(Number(wish), { error: data })
  if (wish === 'redirect') return { ...json(302, {}), headers: { location: `https://evil.example/${data}` } }
  if (wish === 'page') return { status: 200, headers: {}, body: Buffer.from(`<html>${data}</html>`) }
  return json(200, { data, status: 1, metadata: { result: 1 } })
}

function json(status: number, body: object): UpstreamAnswer {
  const headers = { date: 'Mon, 02 Nov 2026 03:04:05 GMT', 'set-cookie': 'upstream=SECRET', 'x-upstream': 'SECRET' }
  return { status, headers, body: Buffer.from(JSON.stringify(body)) }
}
