import { expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { rawRequest, sendRaw } from './testing/raw'
import { accepted, createTestUpstream, sendJson, uapi } from './testing/upstream'

test('a request is one line without anything secret, whatever happens to it', async () => {
  const upstream = await createTestUpstream()
  const { app, log } = await createTestApp(upstream)
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const browser = createBrowser(app)
  upstream.answer('/create_full_access', (_request, response) => sendJson(response, uapi({ token: 'NEWSECRET' })))
  upstream.answer('/Tokens/rename', (_request, response) => response.end('{"token":"ODDSECRET'))
  upstream.answer('/Tokens/revoke', (_request, response) => sendJson(response, { token: 'ODDSECRET' }, 500))

  await browser.post('/api/connections', { ...signInBody(), password: 'WRONGPASSWORD', code: '987654' })
  await browser.post('/api/connections', { ...signInBody('whm'), password: undefined, token: accepted.token })
  await browser.post('/api/connections', signInBody())
  const tokens = '/api/connections/main.cpanel.bob/execute/Tokens'
  await browser.post(`${tokens}/create_full_access`, { name: 'SENTNAME' })
  await browser.post(`${tokens}/rename`, { name: 'SENTNAME', new_name: 'b' })
  await browser.post(`${tokens}/revoke`, { name: 'SENTNAME' })
  await browser.post(`${tokens}/list?token=INQUERY`, { SENTPARAMETER: 'x' })
  await browser.post('/api/connections/main.whm.bob/json-api/api_token_get_details', { token: 'SENTTOKEN' })
  await browser.get('/api/connections/main.whm.bob/own-token')
  const failing = '/api_token_get_details'
  for (const status of [500, 200]) {
    upstream.answer(failing, (_request, response) => sendJson(response, `no token ${accepted.token}`, status))
    await browser.get('/api/connections/main.whm.bob/own-token')
  }
  await browser.get('/api/INPATH')
  await browser.delete('/api/connections', { headers: { authorization: 'Bearer INHEADER' } })
  const malformed = rawRequest('POST', '/api/connections', { 'Content-Type': 'application/json' }, '{"password":INBODY')
  await sendRaw(origin, malformed)
  await sendRaw(origin, rawRequest('GET', '/INBADPATH%zz'))
  await app.close()
  await upstream.close()

  const lines = log.join('')
  const cookies = upstream.requests.map(({ headers }) => headers.cookie).filter((cookie) => cookie !== undefined)
  const secrets = ['WRONGPASSWORD', '987654', accepted.password, accepted.token, accepted.securityToken, 'cpsess']
  secrets.push(accepted.cookie, ...cookies, ...browser.cookies.values())
  secrets.push('NEWSECRET', 'ODDSECRET', 'SENTNAME', 'SENTPARAMETER', 'SENTTOKEN')
  secrets.push('INQUERY', 'INPATH', 'INHEADER', 'INBODY', 'INBADPATH', 'main.cpanel.bob')
  for (const secret of secrets) expect(lines).not.toContain(secret)

  const requests = log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request')
  expect(requests).toHaveLength(15)
  expect(requests.filter(({ route }) => route === '/api/connections/:id/own-token')).toMatchObject([
    { status: 200 },
    { status: 502, kind: 'upstream_failed' },
    { status: 502, kind: 'garbled' },
  ])
  expect(requests.find(({ kind }) => kind === 'upstream_failed')).toMatchObject({
    level: 40,
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    method: 'POST',
    route: '/api/connections/:id/execute/Tokens/:function',
    status: 502,
    ms: expect.any(Number),
  })
})

test('a fault of the proxy is answered without its inside and logged without its message', async () => {
  const upstream = await createTestUpstream()
  const { app, log } = await createTestApp(upstream)
  app.get('/api/fault', async () => {
    throw new TypeError('SECRET of the inside')
  })
  const answer = await createBrowser(app).get('/api/fault')
  expect(answer).toMatchObject({ status: 500, kind: 'internal' })
  expect(answer.body + log.join('')).not.toContain('SECRET')
  expect(log.join('')).toMatch(/"fault":"TypeError","frames":\["at /)
  await app.close()
  await upstream.close()
})

test('what should not have been logged is redacted', async () => {
  const upstream = await createTestUpstream()
  const { app, log } = await createTestApp(upstream)
  const headers = { authorization: 'SECRET', cookie: 'SECRET', 'set-cookie': 'SECRET' }
  app.log.info({ password: 'SECRET', headers, request: { headers }, form: { token: 'SECRET', code: 'SECRET' } })
  expect(log.join('')).toContain('[redacted]')
  expect(log.join('')).not.toContain('SECRET')
  await app.close()
  await upstream.close()
})
