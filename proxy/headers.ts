import type { FastifyHelmetOptions } from '@fastify/helmet'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const none = ["'none'"]
const self = ["'self'"]

/**
 * Security headers of every answer. Positioned popovers set styles through the CSSOM, which CSP does not restrict, so
 * no 'unsafe-inline' is needed: React Aria's one style element on iOS (scroll lock) is allowed by its hash, which is tied
 * to that library's version. Over plain http on loopback, HSTS and upgrade-insecure-requests would only break things.
 *
 * @param staticDir the built page; the scripts that stand in its index.html are allowed by their hashes
 */
export const securityHeaders = (staticDir: string | undefined): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': self,
      'script-src': ["'self'", ...(staticDir === undefined ? [] : inlineScriptHashes(join(staticDir, 'index.html')))],
      'style-src': ["'self'", "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='"],
      'img-src': ["'self'", 'data:'],
      'font-src': self,
      'connect-src': self,
      'form-action': self,
      'base-uri': none,
      'frame-ancestors': none,
      'frame-src': none,
      'object-src': none,
    },
  },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: false,
})

/** CSP sources for the scripts without `src` in a page: what sets the theme before the first paint. */
function inlineScriptHashes(file: string): string[] {
  const scripts = [...readFileSync(file, 'utf8').matchAll(/<script>([\s\S]*?)<\/script>/g)]
  return scripts.map(([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`)
}

/** Of the powerful features only writing to the clipboard is used, by the button that copies a new token. */
export const permissionsPolicy =
  'clipboard-write=(self), clipboard-read=(), camera=(), display-capture=(), geolocation=(), microphone=(), ' +
  'payment=(), publickey-credentials-get=(), usb=()'
