import type { IncomingMessage, ServerResponse } from 'node:http'
import * as v from 'valibot'
import type { TestUpstream } from './upstream'

const lineSchema = v.object({
  account: v.optional(v.string()),
  date: v.optional(v.nullable(v.string())),
  envelope: v.optional(v.unknown()),
  error: v.optional(v.looseObject({ kind: v.string() })),
})

/** The lines of an answer; fails when one is no JSON or the last one is not ended. */
export function linesOf(body: string) {
  const lines = body.split('\n')
  if (lines.pop() !== '') throw new Error('the last line has no end')
  return lines.map((line) => v.parse(lineSchema, JSON.parse(line)))
}

export function nameAccounts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `account${index}`)
}

/** What WHM answers for an account with one token named after it. */
export function listAnswer(account: string) {
  const uapi = { data: [{ name: `${account}-token` }], errors: null, messages: null, status: 1, warnings: null }
  return { data: { uapi }, metadata: { command: 'uapi_cpanel', reason: 'OK', result: 1, version: 1 } }
}

/** Answers the list of every account from now on. */
export function onList(
  upstream: TestUpstream,
  answer: (account: string, response: ServerResponse, raw: IncomingMessage) => unknown,
): void {
  upstream.answer('/uapi_cpanel', ({ form }, response, raw) => answer(form.get('cpanel.user') ?? '', response, raw))
}
