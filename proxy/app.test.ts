import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { createTestApp } from './testing/browser'
import { rawRequest, sendRaw } from './testing/raw'
import { createTestUpstream } from './testing/upstream'

test('the same handler works inside another server, as in Vite’s', async () => {
  const upstream = await createTestUpstream()
  const { app } = await createTestApp(upstream)
  await app.ready()
  const host = createServer((request, response) => app.routing(request, response))
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  const address = host.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`

  expect(await sendRaw(origin, rawRequest('GET', '/api/servers'))).toMatch(
    /^HTTP\/1\.1 200 [^]*"kinds":\["cpanel","whm"\]/,
  )
  expect(await sendRaw(origin, rawRequest('GET', '/api/x'))).toMatch(/^HTTP\/1\.1 404 [^]*"not_allowed"/)
  expect(await sendRaw(origin, rawRequest('GET', '/api/%zz'))).toMatch(/^HTTP\/1\.1 404 [^]*"not_allowed"/)
  expect(await sendRaw(origin, rawRequest('GET', '/api/servers', { Host: 'evil.example' }))).toMatch(/^HTTP\/1\.1 421 /)

  await new Promise((resolve) => host.close(resolve))
  await app.close()
  await upstream.close()
})
