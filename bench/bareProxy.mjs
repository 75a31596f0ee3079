#!/usr/bin/env node
/**
 * The least that Node's own modules need to stand between a browser and a server: what the load bench holds Keyring against.
 * It passes everything on as it comes, both ways, over connections that stay open, and checks the certificate as Node does
 * by itself. No sessions, no checks of what is asked or answered, no log, no security headers.
 *
 * UPSTREAM_URL and UPSTREAM_CA (PEM) say where to; UPSTREAM_CONNECTIONS how many at a time. Prints `Ready: URL`.
 */
import { createServer } from 'node:http'
import { Agent, request } from 'node:https'

const { UPSTREAM_URL, UPSTREAM_CA, UPSTREAM_CONNECTIONS } = process.env
const { hostname, port } = new URL(UPSTREAM_URL)
const agent = new Agent({ keepAlive: true, ca: UPSTREAM_CA, maxSockets: Number(UPSTREAM_CONNECTIONS) })

const server = createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming
  const passed = request({ agent, hostname, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers)
    answer.pipe(outgoing)
  })
  passed.once('error', () => outgoing.destroy())
  incoming.pipe(passed)
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`Ready: http://127.0.0.1:${server.address().port}\n`))
process.once('SIGTERM', () => process.exit(0))
