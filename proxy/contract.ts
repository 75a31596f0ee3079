/**
 * What the browser and the proxy say to each other. `src/session` imports these as types only; nothing here exists
 * at run time.
 */

/** Which of cPanel's two front doors a connection goes through: an account (port 2083) or a WHM user (port 2087). */
export type ConnectionKind = 'cpanel' | 'whm'

/**
 * `GET /api/servers` answers an array of these. `id` is a slug (`[a-z0-9-]+`), `name` is for people. `isAdded`: a person
 * added it here by its address, and may have it forgotten; the others are configured.
 */
export type ServerSummary = { id: string; name: string; kinds: ConnectionKind[]; isAdded?: true }

/**
 * `GET /api/servers/adding` answers this: whether people may add servers by their address. Only where Keyring listens on
 * loopback alone; everywhere else the three routes below are not there (`not_allowed`).
 */
export type Adding = { isPossible: boolean }

/** The body of `POST /api/servers/look`: an address as people type or paste it, or the id of an added server. */
export type LookRequest = { address: string } | { server: string }

/**
 * `POST /api/servers/look` connects by TLS, sends no request and answers what it found. `doors` are those that showed a
 * certificate, `failed` those that did not. `known` is the server in the list that has one of these doors already, with the
 * fingerprint it is trusted by, if any.
 */
export type LookAnswer =
  | { outcome: 'found'; host: string; doors: FoundDoor[]; failed: FailedDoor[]; known: KnownServer | null }
  | { outcome: 'failed'; failed: FailedDoor[] }
  | { outcome: 'wrong-address'; why: AddressFault }

/** `origin` is `https://host:port`. `kind` is null on a port that tells neither cPanel nor WHM: only people know. */
export type FoundDoor = { kind: ConnectionKind | null; origin: string; certificate: ServerCertificate }

export type FailedDoor = {
  origin: string
  why: 'refused' | 'unknown-host' | 'unreachable' | 'timeout' | 'no-tls'
}

export type KnownServer = { id: string; name: string; isAdded: boolean; fingerprint256: string | null }

/** Why what was typed is not looked at: for the last two the port is that of plain http or of webmail. */
export type AddressFault = 'not-an-address' | 'plain-http' | 'credentials' | 'plain-port' | 'webmail-port'

/**
 * What a server showed. `subject` and `issuer` are common name and organisation, `names` the hosts it is for, times are ISO
 * 8601. `isTrusted`: an authority that this machine knows vouches for it, for that host and now. If not, `flaws` says why.
 */
export type ServerCertificate = {
  /** SHA-256, `AA:BB:…`. */
  fingerprint256: string
  subject: string
  issuer: string
  names: string[]
  validFrom: string
  validTo: string
  isTrusted: boolean
  flaws: CertificateFlaw[]
}

export type CertificateFlaw = 'self-signed' | 'unknown-issuer' | 'expired' | 'not-yet-valid' | 'other-name'

/**
 * The body of `POST /api/servers`: one door or both of one host, as the look found them. With `fingerprint256` exactly that
 * certificate is trusted from now on: the person has compared it. Without, only one that known authorities vouch for, whichever
 * it is, so that it can be renewed. `replaces`: the id of an added server that this one takes the place of.
 */
export type AddServerRequest = {
  name?: string
  cpanel?: string
  whm?: string
  fingerprint256?: string
  replaces?: string
}

/**
 * `POST /api/servers` connects once more, compares, and answers what came of it. Only `added` changed anything: `changed` is
 * another certificate than the one confirmed, `listed` a server that has a door of these already, `not-kept` a file that can't
 * be used (`file` is its path; the log has the reason).
 */
export type AddServerAnswer =
  | { outcome: 'added'; server: ServerSummary }
  | { outcome: 'changed'; certificate: ServerCertificate }
  | { outcome: 'failed'; failed: FailedDoor[] }
  | { outcome: 'listed'; server: ServerSummary }
  | { outcome: 'not-kept'; file: string }

/*
 * `DELETE /api/servers/:id` forgets an added server, logs this browser out of it, and answers 204; also where there is no
 * such server (any more). `not_allowed` for a configured one, `store_unavailable` where the file can't be changed.
 */

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

/**
 * The body of `POST /api/connections/:id/test-token`: the secret of a token of the connection's own user or, only over a WHM
 * connection, of an `account` of its server, which is asked for at the door of cPanel.
 */
export type TestTokenRequest = { token: string; account?: string }

/**
 * `POST /api/connections/:id/test-token` makes one harmless call with that token as the only credential and answers what the
 * server made of it. The connection stays as it is, whatever comes.
 *
 * `limited`: the token was accepted and this call was not allowed; `reasons` are the server's own words. `refused`: not
 * accepted, for a reason that no server tells: wrong, revoked, expired, or meant for other addresses than the proxy's.
 * `unclear`: forbidden (403) in a way that may mean either. What is no answer at all has the errors of every other call;
 * `not_allowed` where that door of the server is not configured. The last two verdicts count like sign-ins that failed:
 * `too_many_requests` where there were too many of them.
 */
export type TestTokenAnswer =
  | { verdict: 'works' }
  | { verdict: 'limited'; reasons: string[] }
  | { verdict: 'refused' }
  | { verdict: 'unclear' }

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
  | 'store_unavailable' // 503 sessions (or the list of added servers) can't be read or kept just now; who is signed in stays so
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
