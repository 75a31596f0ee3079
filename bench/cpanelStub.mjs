#!/usr/bin/env node
/**
 * A server behind the proxies of the load bench: TLS and keep-alive as cPanel has them, a sign-in, and the same list of 25
 * tokens for every call. Not the simulated server: that one authenticates, keeps a record of every call, which grows, and
 * writes each answer anew, so that it would be what is measured, and its memory would be under suspicion as well.
 *
 * Prints `Ready: URL` and its certificate.
 */
import { createServer } from 'node:https'
import { generate } from 'selfsigned'

const tokens = Array.from({ length: 25 }, (_, index) => ({
  create_time: 1_700_000_000 + index * 86_400,
  expires_at: index % 3 === 0 ? null : 1_900_000_000 + index * 86_400,
  features: [],
  has_full_access: 1,
  name: `deployment-pipeline-${index}`,
}))
const list = Buffer.from(
  JSON.stringify({ data: tokens, errors: null, messages: null, metadata: {}, status: 1, warnings: null }),
)
const login = Buffer.from(
  JSON.stringify({ status: 1, security_token: '/cpsess0123456789', redirect: '/cpsess0123456789/frontend/' }),
)

const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
  keyType: 'ec',
  algorithm: 'sha256',
  extensions: [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
  ],
})

const server = createServer({ key, cert, keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume()
  request.once('end', () => {
    const isLogin = request.url.startsWith('/login/')
    const body = isLogin ? login : list
    response.writeHead(200, {
      'content-type': 'text/plain; charset="utf-8"',
      'content-length': body.length,
      ...(isLogin && { 'set-cookie': 'cpsession=bench%3a0123456789abcdef%2c0123; HttpOnly; path=/; secure' }),
    })
    response.end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Ready: https://127.0.0.1:${server.address().port}\n${cert.trim()}\n`)
})
process.once('SIGTERM', () => process.exit(0))
