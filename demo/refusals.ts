import { loginPage, plainPage } from './pages'
import type { Quirks } from './quirks'
import type { Reply } from './reply'

/** The recorded 403, letter for letter, text/plain and `Connection: close` included (section 4.3, fixture http403-access-denied). */
export const accessDenied: Reply = {
  kind: 'answer',
  answer: {
    status: 403,
    reason: 'Forbidden Access denied',
    headers: { Connection: 'close', 'Content-type': 'text/plain; charset="utf-8"' },
    body: '{"cpanelresult":{"apiversion":"2","error":"Access denied","data":{"reason":"Access denied","result":"0"},"type":"text"}}',
  },
}

/** Bad or missing credentials on an API call (section 4.3). */
export function refuseCredentials(quirks: Quirks): Reply {
  return quirks.refusalBody === 'html' ? plainPage(403, 'Access denied') : accessDenied
}

/** A cookie call without a live session, or with a wrong or missing cpsess (sections 4.3 and 12). */
export function refuseSession(quirks: Quirks): Reply {
  if (quirks.sessionRefusal === 'json-403') return accessDenied
  return loginPage({ 'html-200': 200, 'html-401': 401, 'html-403': 403 }[quirks.sessionRefusal])
}

/** Thrown by a function that refuses: `status` 0 in UAPI, `result` 0 in WHM, with HTTP 200 (section 0). */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** Throws a Refusal when there is a fault. */
export function refuseIf(fault: string | null): void {
  if (fault !== null) throw new Refusal(fault)
}
