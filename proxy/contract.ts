/**
 * What the browser and the proxy say to each other. `src/session` imports these as types only; nothing here exists
 * at run time.
 */

/** Which of cPanel's two front doors a connection goes through: an account (port 2083) or a WHM user (port 2087). */
export type ConnectionKind = 'cpanel' | 'whm'

/** `GET /api/servers` answers an array of these. `id` is a slug (`[a-z0-9-]+`), `name` is for people. */
export type ServerSummary = { id: string; name: string; kinds: ConnectionKind[] }

/**
 * `GET /api/demo-logins` answers an array of these: how to get in to the simulated server that `npm start` runs when
 * nothing is configured. Empty whenever a real server is configured.
 */
export type DemoLogin = { server: string; kind: ConnectionKind; username: string; password: string; code?: string }

/**
 * A signed-in user on one server, as far as the browser knows it.
 *
 * `id` is `SERVER.KIND.USERNAME`: the same person on the same server has the same id after signing in again, so a
 * bookmarked URL keeps working. `hasEnded`: the server no longer knows the user; it is listed until signed in or out again.
 */
export type Connection = { id: string; server: string; kind: ConnectionKind; username: string; hasEnded: boolean }

/**
 * `GET /api/connections/:id` answers this: also where the server's own API is (`https://host:port`, no path), for the
 * ready-made calls beside a new token, and the address (IPv4 or IPv6, no zone) from which the server sees what the
 * browser's machine sends it. null where that can't be known: behind a server in front, or when one of the two is in a
 * private network (or on this machine) and the other is not, or is configured by name.
 */
export type ConnectionDetails = Connection & { urls: { cpanel?: string; whm?: string }; address: string | null }

/*
 * `GET /api/connections/:id/own-token` answers what WHM itself says of the API token this connection was signed in with:
 * WHM's envelope of `api_token_get_details`, byte for byte and with its Date header (docs/CPANEL_API.md 2.6). It may say
 * no: `result` 0 for a token without `manage-api-tokens` or a server before version 98; no `data` for a token that the
 * server doesn't find. `null` when the connection was signed in with a password. The secret stays in the proxy.
 * Errors are those of every other call; `not_allowed` for a cPanel connection, since cPanel has no such function.
 */

/** The body of `POST /api/connections`. `code` is the two-factor security code, six digits. */
export type SignInRequest = { server: string; kind: ConnectionKind; username: string; code?: string } & (
  | { password: string }
  | { token: string }
)

/**
 * `POST /api/connections/:id/tokens` with `{ accounts: string[] }` (1 to 20,000 user names, asked for in this order; only
 * WHM connections) answers NDJSON: one of these a line, as each account answers, which may be in another order.
 *
 * `envelope` is WHM's own answer to `uapi_cpanel` Tokens::list, untouched; it may say no. `date` is its Date header, for the
 * clock's skew. An error with an account is about that account alone. An error without one is the last line, and
 * accounts without a line have no answer: `unauthenticated` (the connection has ended), `too_many_requests` (the server wants
 * a break of `retryAfter` seconds), or what a server that seems dead failed with. An answer that just breaks off means
 * that the proxy was stopped.
 */
export type FanoutLine =
  | { account: string; date: string | null; envelope: unknown }
  | { account: string; error: ProxyErrorBody['error'] }
  | { error: ProxyErrorBody['error'] }

/** Why the proxy itself (not cPanel) said no. The status beside each is the HTTP status it comes with. */
export type ProxyErrorKind =
  | 'invalid_request' // 400 body or parameters of the wrong form
  | 'wrong_credentials' // 401 sign-in: user name, password, token or code not accepted
  | 'code_required' // 401 sign-in: the server asks for a two-factor code
  | 'unauthenticated' // 401 no such connection in this browser session, or its cPanel session has ended
  | 'forbidden' // 403 cPanel refused this call, though the connection is alive
  | 'not_allowed' // 404 the function, a parameter or the route is not on the list
  | 'wrong_origin' // 403 the request comes from another site
  | 'wrong_host' // 421 the Host header is not one the proxy serves
  | 'too_large' // 413
  | 'too_many_requests' // 429 with Retry-After in seconds
  | 'unreachable' // 502 no connection, or cut before an answer
  | 'untrusted_certificate' // 502 with fingerprint256 of what the server showed
  | 'redirected' // 502 the server answered with a redirect, which is never followed
  | 'garbled' // 502 the answer is not what cPanel's API documents (HTML, cut JSON)
  | 'upstream_failed' // 502 cPanel answered with status 500 or above
  | 'timeout' // 504 no answer in time; a write may or may not have happened
  | 'paused' // 503 the server failed so often that nothing is sent to it for `retryAfter` seconds
  | 'store_unavailable' // 503 sessions can't be read or kept just now; who is signed in stays so
  | 'internal' // 500 a fault of the proxy's own

/**
 * The body of every answer whose status is not 2xx. `message` is plain English for logs and people with curl; the
 * page shows its own words by `kind`. Neither ever holds a credential.
 */
export type ProxyErrorBody = {
  error: {
    kind: ProxyErrorKind
    message: string
    /** SHA-256 fingerprint (`AA:BB:…`) of the certificate the server showed; only with `untrusted_certificate`. */
    fingerprint256?: string
    /** The pinned one that it should have been; only with `untrusted_certificate`, where one is pinned. */
    expected256?: string
    /** Seconds until trying again makes sense; only with `too_many_requests` and `paused`. */
    retryAfter?: number
  }
}
