import type { AccountSentinel } from './account-sentinels'
import { loginPage, plainPage } from './pages'
import { accessDenied } from './refusals'
import { answer, html, json, type Answer, type Reply } from './reply'

/** Accounts whose calls fail below the API: connection, HTTP, pages instead of JSON (section 12). */
export const wireSentinels: readonly AccountSentinel[] = [
  { name: 'loginpage', instead: loginPage(200) },
  { name: 'denied', instead: accessDenied },
  { name: 'badgateway', instead: plainPage(502, 'Bad Gateway') },
  { name: 'restarting', instead: plainPage(500, 'Internal Server Error: cpsrvd is restarting') },
  { name: 'toomany', instead: plainPage(429, 'Too Many Requests', { 'Retry-After': '7' }) },
  { name: 'unavailable', instead: plainPage(503, 'Service Unavailable', { 'Retry-After': '30' }) },
  { name: 'redirected', instead: html(302, '', { Location: 'https://other.example.net:2083/login/' }) },
  { name: 'nonsense', instead: json('OK') },
  { name: 'emptybody', instead: answer(200, 'application/json; charset="utf-8"', '') },
  { name: 'dropped', instead: { kind: 'drop' } },
  { name: 'hangs', instead: { kind: 'hang' } },
  { name: 'cut', spoil: (answer) => ({ kind: 'cut', answer }) },
  { name: 'halfjson', spoil: halfJson },
  { name: 'slow', account: ({ slowMs }) => ({ latencyMs: slowMs }) },
  { name: 'verylong', account: ({ veryLongMs }) => ({ latencyMs: veryLongMs }) },
]

/** A complete HTTP answer with half a body: only the parser notices. */
function halfJson(answer: Answer): Reply {
  return { kind: 'answer', answer: { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) } }
}
