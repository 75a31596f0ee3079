import * as v from 'valibot'
import { isSignIn, isSignOut, type Trial } from './trial'
import { PRIVATE } from './upstream'
import type { Answer } from './wire'

/** Statuses by kind, from the list in contract.ts. What is not here has no reason to come. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['invalid_request', 400],
  ['wrong_credentials', 401],
  ['code_required', 401],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['wrong_origin', 403],
  ['not_allowed', 404],
  ['too_large', 413],
  ['wrong_host', 421],
  ['too_many_requests', 429],
  ['redirected', 502],
  ['garbled', 502],
  ['upstream_failed', 502],
])

const refusal = v.strictObject({
  error: v.strictObject({ kind: v.string(), message: v.string(), retryAfter: v.exactOptional(v.number()) }),
})

const whoseData = new RegExp(`${PRIVATE}(\\w+)|"username":"(\\w+)"`, 'g')

/**
 * Judges an answer.
 *
 * @param cookies those of everybody who is signed in
 * @throws Error saying what must not be
 */
export function judgeAnswer(answer: Answer, trial: Trial, cookies: ReadonlyMap<string, string>): void {
  const { status, headers, body } = answer
  const everything = `${[...headers].join('\n')}\n${body}`
  if (everything.includes('SECRET') || everything.includes('cpsess')) throw new Error('a secret in the answer')
  if ([...cookies.values()].some((cookie) => everything.includes(cookie))) throw new Error('a cookie in the answer')
  // A sign-in is answered with the name that was typed.
  const told = status === 201 ? [] : [...everything.matchAll(whoseData)].map(([, data, name]) => data ?? name ?? '')
  const foreign = told.find((name) => !trial.proof.people.has(name))
  if (foreign !== undefined) throw new Error(`data of ${foreign} in the answer`)
  const changesSession =
    (isSignIn(trial.case) && status === 201) || (isSignOut(trial.case) && (status === 204 || status === 200))
  if (headers.has('set-cookie') && !changesSession) throw new Error('a cookie that nobody asked for')
  if (headers.has('access-control-allow-origin') || headers.has('x-upstream')) throw new Error('a foreign header')
  if (status < 400) judgeWelcome(answer, trial)
  else if (body !== '' || isOurs(answer)) judgeRefusal(answer, trial)
}

/** Pages and files are for everybody who knows our name, health is for machines that don't, the rest for our page. */
function judgeWelcome({ status, headers }: Answer, { case: { target }, proof }: Trial): void {
  if (/^\/(health|ready)z(\?|$)/.test(target)) return
  const isPage = status === 304 || /^(text|image)\/|javascript/.test(headers.get('content-type') ?? '')
  if (!(isPage ? proof.isOurHost : proof.isOurs)) throw new Error('an answer for somebody elsewhere')
}

function judgeRefusal({ status, body }: Answer, trial: Trial): void {
  if (trial.case.method === 'HEAD' && body === '') return
  if (/node_modules|\.ts:\d|\n {4}at /.test(body)) throw new Error('the inside of a fault in the answer')
  const parsed = v.safeParse(refusal, JSON.parse(body))
  if (!parsed.success) throw new Error(`a refusal of another form: ${body}`)
  const { kind, retryAfter } = parsed.output.error
  if (statuses.get(kind) !== status) throw new Error(`${kind} with status ${status}`)
  // Everything may come as often as it likes, but for what fails to sign in.
  if (kind === 'too_many_requests' && !isSignIn(trial.case)) throw new Error('too many requests')
  if ((retryAfter === undefined) === (status === 429)) throw new Error(`status ${status} with a wait of ${retryAfter}`)
}

/** Node refuses by itself, without a body, what can't be a request (RFC 9112 3.2) or expects too much (RFC 9110 10.1.1). */
function isOurs({ status, headers }: Answer): boolean {
  return (status !== 400 && status !== 417) || headers.has('x-request-id')
}
