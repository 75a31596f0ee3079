import { expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { createTestUpstream } from './testing/upstream'

test('a request the browser gives up is cancelled at the server', async () => {
  const upstream = await createTestUpstream()
  const { app, log } = await createTestApp(upstream)
  const browser = createBrowser(app)
  await browser.post('/api/connections', signInBody())
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })

  const giveUp = new AbortController()
  const cancelled = new Promise<void>((resolve) => {
    upstream.answer('/Tokens/list', (_request, response) => {
      // Nothing else would close it: the time-out for an answer is a minute.
      response.on('close', resolve)
      giveUp.abort()
    })
  })
  const cookie = `keyring-${new URL(origin).port}=${browser.cookies.get('keyring')}`
  const call = fetch(`${origin}/api/connections/main.cpanel.bob/execute/Tokens/list`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json', cookie },
    signal: giveUp.signal,
  })
  await expect(call).rejects.toThrow('aborted')
  await cancelled

  await app.close()
  expect(log.filter((line) => line.includes('execute/Tokens/:function'))).toHaveLength(1)
  expect(log.join('')).not.toContain('internal')
  await upstream.close()
})
