import { request } from 'node:https'
import type { Demo } from './demo'
import { parse } from './params'

/** What came back over a real connection. */
export interface Got {
  readonly status: number
  readonly reason: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown
}

/** One request for a test. */
export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as a form; an array repeats the name. */
  readonly form?: Readonly<Record<string, string | readonly string[]>>
  readonly json?: unknown
  readonly signal?: AbortSignal
}

/** Sends one request over TLS that trusts the demo's certificate only. Rejects when the connection breaks. */
export function ask(demo: Demo, url: string, asked: Asked = {}): Promise<Got> {
  const body = bodyOf(asked)
  const headers = { ...(body === null ? {} : { 'Content-Type': body.type }), ...asked.headers }
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: asked.method ?? (body === null ? 'GET' : 'POST'),
      headers,
      ca: demo.certificatePem,
      agent: false,
      ...(asked.signal === undefined ? {} : { signal: asked.signal }),
    })
    sent.on('error', reject)
    sent.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (!response.complete) return
        const { statusCode = 0, statusMessage = '' } = response
        resolve({ status: statusCode, reason: statusMessage, headers: response.headers, text, body: parse(text) })
      })
    })
    sent.end(body?.text)
  })
}

/** Calls UAPI with a password, as `Authorization: Basic`. */
export async function uapi(
  demo: Demo,
  user: string,
  name: string,
  form: NonNullable<Asked['form']> = {},
): Promise<Got> {
  const path = name.replace('::', '/')
  return ask(demo, `${demo.cpanelUrl}/execute/${path}`, { method: 'POST', headers: basic(user), form })
}

/** Calls WHM API 1 with a password. */
export async function whm(demo: Demo, user: string, name: string, form: NonNullable<Asked['form']> = {}): Promise<Got> {
  return ask(demo, `${demo.whmUrl}/json-api/${name}`, { headers: basic(user), form: { 'api.version': '1', ...form } })
}

/** The header for a user with the password all demo users share. */
export function basic(user: string, password = 'demo-password-1'): { Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

function bodyOf({ form, json }: Asked): { type: string; text: string } | null {
  if (json !== undefined) return { type: 'application/json', text: JSON.stringify(json) }
  if (form === undefined) return null
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
  return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(pairs).toString() }
}

/** A signed-in browser: sends calls with cookie and security token. */
export interface Browser {
  readonly cookie: string
  readonly securityToken: string
  uapi(name: string, form?: Asked['form']): Promise<Got>
  whm(name: string, form?: Asked['form']): Promise<Got>
}

/** Signs in over the page's own way. Throws when that fails. */
export async function signIn(demo: Demo, kind: 'cpanel' | 'whm', user: string, code?: string): Promise<Browser> {
  const base = kind === 'cpanel' ? demo.cpanelUrl : demo.whmUrl
  const form = { user, pass: 'demo-password-1', ...(code === undefined ? {} : { tfa_token: code }) }
  const got = await ask(demo, `${base}/login/?login_only=1`, { form })
  const cookie = got.headers['set-cookie']?.[0]?.split(';')[0]
  const securityToken = /\/cpsess\d+/.exec(got.text)?.[0]
  if (cookie === undefined || securityToken === undefined) throw new Error(`not signed in: ${got.status} ${got.text}`)
  const headers = { Cookie: cookie }
  const call = (path: string, form: NonNullable<Asked['form']>) =>
    ask(demo, `${base}${securityToken}${path}`, { headers, form })
  return {
    cookie,
    securityToken,
    uapi: (name, form = {}) => call(`/execute/${name.replace('::', '/')}`, form),
    whm: (name, form = {}) => call(`/json-api/${name}`, { 'api.version': '1', ...form }),
  }
}
