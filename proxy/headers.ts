import type { FastifyRequest } from 'fastify'
import helmet, { type HelmetOptions } from 'helmet'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { isEncrypted } from './frontDoor'

const none = ["'none'"]
const self = ["'self'"]

/**
 * What Helmet is told.
 *
 * - No 'unsafe-inline': positioned popovers set styles through the CSSOM, which CSP does not restrict, and React Aria's one
 *   style element on iOS (scroll lock) is allowed by its hash, which is tied to that library's version.
 * - No markup or code from strings: Trusted Types refuse it. The only policy is the one that starts the Worker
 *   (src/data/viewWorker.ts), without 'allow-duplicates' and without a default one, which would catch all that others forget.
 * - No data: or blob: anywhere. Files to save are links, which CSP does not restrict.
 * - No upgrade-insecure-requests: the page names nothing but paths of its own origin, so there is nothing to upgrade, and
 *   over plain http on loopback it makes some browsers ask there by https.
 *
 * The scripts that stand in the built page's index.html are allowed by their hashes.
 */
const options = (staticDir: string | undefined): HelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': self,
      'script-src': ["'self'", ...(staticDir === undefined ? [] : inlineScriptHashes(join(staticDir, 'index.html')))],
      'style-src': ["'self'", "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='"],
      'img-src': self,
      'connect-src': self,
      'worker-src': self,
      'form-action': self,
      'font-src': none,
      'media-src': none,
      'manifest-src': none,
      'base-uri': none,
      'frame-ancestors': none,
      'frame-src': none,
      'object-src': none,
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ['keyring-worker'],
    },
  },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  // Depends on how a request came: see below.
  strictTransportSecurity: false,
})

/** CSP sources for the scripts without `src` in a page: what sets the theme before the first paint. */
function inlineScriptHashes(file: string): string[] {
  const scripts = [...readFileSync(file, 'utf8').matchAll(/<script>([\s\S]*?)<\/script>/g)]
  return scripts.map(([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`)
}

/** Of the powerful features only writing to the clipboard is used, by the button that copies a new token. */
const permissionsPolicy =
  'clipboard-write=(self), clipboard-read=(), camera=(), display-capture=(), geolocation=(), microphone=(), ' +
  'payment=(), publickey-credentials-get=(), usb=()'

/**
 * A year of https alone. Neither includeSubDomains nor preload: what else runs below the host's name, and a promise that
 * takes months to take back, is for whoever owns the domain to decide.
 */
const httpsFromNowOn = 'max-age=31536000'

/** The security headers of an answer, by the request: whether it came encrypted makes a difference. */
export type SecurityHeaders = (request: FastifyRequest) => Readonly<Record<string, string>>

/**
 * The security headers of every answer. Helmet writes the same ones for each request, so it is asked once: that saves a
 * tenth of the work that a request is.
 *
 * @param staticDir the built page, if it is served here
 */
export function securityHeaders(staticDir: string | undefined): SecurityHeaders {
  const answer = new ServerResponse(new IncomingMessage(new Socket()))
  helmet(options(staticDir))(answer.req, answer, (error) => {
    if (error !== undefined) throw error
  })
  const written = Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)])
  const inTheClear: Record<string, string> = { ...Object.fromEntries(written), 'permissions-policy': permissionsPolicy }
  // Over plain http browsers ignore it, and on loopback there is no https to go to.
  const encrypted = { ...inTheClear, 'strict-transport-security': httpsFromNowOn }
  return (request) => (isEncrypted(request) ? encrypted : inTheClear)
}
