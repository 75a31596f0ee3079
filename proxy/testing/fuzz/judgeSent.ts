import { unpack } from './listed'
import { isSignIn, isTokenTest, pathOf, type Trial } from './trial'
import type { Sent } from './upstream'

/** Whose a credential is, and for which cases a server gave it out; '' is the test itself. */
type Owner = { username: string; door: string; causes: ReadonlySet<string> }

/** What else is known when a request is judged: the other trials of its batch by id, and all credentials. */
type Circumstances = { trials: ReadonlyMap<string, Trial>; issued: ReadonlyMap<string, Owner> }

/**
 * Judges one request that reached a server.
 *
 * @throws Error saying what must not be
 */
export function judgeSent(sent: Sent, trial: Trial, circumstances: Circumstances): void {
  const { method, framing } = trial.case
  if (!trial.proof.isOurs) throw new Error('a request from elsewhere reached a server')
  if (framing === 'cut' && method === 'POST') throw new Error('a request that was cut reached a server')
  if (sent.server !== 'main' && !isSignIn(trial.case)) throw new Error(`${sent.server}, where nobody is signed in`)
  if (sent.path.startsWith('/login')) return judgeLogin(sent, trial)
  const { authorization, cookie, ...otherHeaders } = sent.headers
  if (Object.keys(otherHeaders).length > 0) throw new Error(`the headers ${Object.keys(otherHeaders).join()}`)
  const prefix = /^\/cpsess\d+(?=\/)/.exec(sent.path)?.[0] ?? ''
  if ((prefix === '') === (authorization === undefined)) throw new Error('half a credential, or two')
  if (isTokenTest(trial.case)) return judgeTokenTest(sent, trial)
  if (sent.server !== 'main') return judgeTyped(authorization, trial)
  judgeOwner(circumstances.issued.get(authorization ?? `${prefix} ${cookie}`), trial, circumstances.trials)
  judgeAsked(sent, sent.path.slice(prefix.length), trial)
}

/**
 * A tested token comes alone, as it was typed, to the door of the user it was typed for, and asks what harms nobody. That
 * the user's connection is there, no other credential can tell here: the cookie must be theirs.
 */
function judgeTokenTest({ method, door, path, headers, form }: Sent, { case: one, proof }: Trial): void {
  const [server, kind, username = ''] = decoded(pathOf(one).split('/')[3] ?? '').split('.')
  if (server !== 'main' || !proof.people.has(username))
    throw new Error(`a test of ${username}, whose cookie was not sent`)
  const { token, account, ...rest }: Partial<Record<string, unknown>> = JSON.parse(textOf(one.body))
  if (Object.keys(rest).length > 0) throw new Error(`a test with ${Object.keys(rest).join()}`)
  if (account !== undefined && kind !== 'whm') throw new Error('a test of an account that is none of theirs')
  if (typeof token !== 'string' || typeof (account ?? '') !== 'string') throw new Error('a test of what is no text')
  const user = typeof account === 'string' ? `cpanel ${account}` : `${kind} ${username}`
  const { authorization = '' } = headers
  if (authorization !== `${user}:${token}`) throw new Error('a test of another token than the one typed')
  if (!/^\S+ [!-9;-~]+:[!-9;-~]+$/.test(authorization)) throw new Error('a test of what no header can hold')
  const isWhm = user.startsWith('whm ')
  const asked = isWhm ? ['whm', '/json-api/version', 'api.version=1'] : ['cpanel', '/execute/Tokens/list', '']
  if (method !== 'POST' || [door, path, form].join(' ') !== asked.join(' '))
    throw new Error(`a test by ${path} of ${door}`)
}

/** What a program takes a body's bytes for. */
function textOf(body: string): string {
  return Buffer.from(body, 'latin1')
    .toString('utf8')
    .replace(/^\ufeff/, '')
}

/** A server that lets nobody in is tried with what was typed for it, whoever uses the same token elsewhere. */
function judgeTyped(authorization: string | undefined, { case: one }: Trial): void {
  const { kind, username, token }: Partial<Record<string, unknown>> = JSON.parse(textOf(one.body))
  if (authorization !== `${String(kind)} ${String(username)}:${String(token)}`)
    throw new Error('a sign-in elsewhere with another token than the one typed')
}

function judgeLogin({ method, path, headers, form }: Sent, trial: Trial): void {
  if (!isSignIn(trial.case)) throw new Error('a login that nobody asked for')
  if (method !== 'POST' || path !== '/login/?login_only=1' || Object.keys(headers).length > 0) {
    throw new Error('a login of another form')
  }
  const fields = [...new URLSearchParams(form).keys()].join()
  if (!/^user,pass(,tfa_token)?$/.test(fields)) throw new Error(`a login with ${fields}`)
}

function judgeAsked({ method, door, form }: Sent, path: string, { case: one }: Trial): void {
  if (method === 'GET' && path === '/logout/') {
    if (one.method !== 'DELETE') throw new Error('a logout that nobody asked for')
    return
  }
  if (method !== 'POST') throw new Error(`a call by ${method}`)
  unpack(door, path, form)
  const isProbe = path === '/execute/Tokens/list' || path === '/json-api/version'
  // These tell whether a token is good, and a session alive that was refused something.
  if (isProbe && (isSignIn(one) || one.body.includes('answer-403'))) return
  const [root, api, connections, , ...rest] = pathOf(one).split('/').map(decoded)
  const wanted = wantedFor(one.method, rest.join('/'))
  if (root !== '' || api !== 'api' || connections !== 'connections' || path !== `/${wanted}`) {
    throw new Error(`${path} was not asked for`)
  }
}

/** The server's path for what is behind a connection's id in ours. */
function wantedFor(method: string, asked: string): string | undefined {
  // Node takes more than one space behind a method.
  if (/^(GET|HEAD) ?$/.test(method) && asked === 'own-token') return 'json-api/api_token_get_details'
  if (method !== 'POST') return undefined
  return asked === 'tokens' ? 'json-api/uapi_cpanel' : asked
}

function judgeOwner(owner: Owner | undefined, trial: Trial, trials: ReadonlyMap<string, Trial>): void {
  if (owner === undefined) throw new Error('a credential that was never given out')
  const { username, door, causes } = owner
  if (isSignIn(trial.case) && causes.has(trial.id)) return
  const { people } = trial.proof
  const isOwn = [...causes].some((cause) => {
    if (cause === '') return people.has(username)
    const before = trials.get(cause)
    // What somebody signed in to with the same cookie belongs to the same session.
    return before !== undefined && isSignIn(before.case) && [...before.proof.people].some((one) => people.has(one))
  })
  if (!isOwn) throw new Error(`the credential of ${username}, whose cookie was not sent`)
  const [, , , asked] = pathOf(trial.case).split('/')
  if (asked !== undefined && decoded(asked) !== `main.${door}.${username}`) {
    throw new Error(`the credential of ${door} ${username} for ${asked}`)
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
