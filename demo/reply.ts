import type { ServerResponse } from 'node:http'

/** A complete HTTP answer. */
export interface Answer {
  readonly status: number
  /** Reason phrase where it differs from the usual one. */
  readonly reason?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the client gets: an answer, half of one, half of one and then no TLS any more, a dropped connection, or silence. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'cut'; readonly answer: Answer }
  | { readonly kind: 'break-tls'; readonly answer: Answer }
  | { readonly kind: 'drop' }
  | { readonly kind: 'hang' }

/** Thrown where a call ends in something else than its own result: from any depth, straight to the wire. */
export class Interruption extends Error {
  override readonly name = 'Interruption'
  readonly reply: Reply

  constructor(reply: Reply) {
    super(`the call is interrupted: ${reply.kind}`)
    this.reply = reply
  }
}

/** An answer of any type of content. */
export function answer(status: number, contentType: string, body: string, headers: Answer['headers'] = {}): Reply {
  return { kind: 'answer', answer: { status, headers: { 'Content-Type': contentType, ...headers }, body } }
}

/** A JSON answer. */
export function json(body: unknown, status = 200, headers: Answer['headers'] = {}): Reply {
  return answer(status, 'application/json; charset="utf-8"', JSON.stringify(body), headers)
}

/** A page. */
export function html(status: number, body: string, headers: Answer['headers'] = {}): Reply {
  return answer(status, 'text/html; charset="utf-8"', body, headers)
}

/**
 * Puts a reply on the wire. `date` is what the server believes the time is, in milliseconds; `breakTls` puts on the connection
 * what is no TLS.
 */
export function send(response: ServerResponse, reply: Reply, date: number, breakTls: () => void): void {
  if (reply.kind === 'hang' || response.destroyed) return
  if (reply.kind === 'drop') {
    response.socket?.destroy()
    return
  }
  const { status, reason, headers, body } = reply.answer
  const all = { Date: new Date(date).toUTCString(), 'Content-Length': Buffer.byteLength(body), ...headers }
  if (reason === undefined) response.writeHead(status, all)
  else response.writeHead(status, reason, all)
  if (reply.kind === 'answer') {
    response.end(body)
    return
  }
  // Half of the promised length, flushed, then nothing: "an answer cut in the middle" (section 12).
  const half = body.slice(0, Math.ceil(body.length / 2))
  response.write(half, () => (reply.kind === 'break-tls' ? breakTls() : response.socket?.destroy()))
}
