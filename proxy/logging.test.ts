import { expect, test } from 'vitest'
import { createBrowser, createTestApp, signInBody } from './testing/browser'
import { rawRequest, sendRaw } from './testing/raw'
import { accepted, createTestUpstream, sendJson, uapi } from './testing/upstream'

const isAudit = (line: string) => line.includes('"msg":"audit"')

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
  await browser.post('/api/connections', { ...signInBody('whm'), password: undefined, token: 'WRONGTOKEN' })
  await browser.post('/api/connections', { ...signInBody(), code: '918273', password: 'x'.repeat(1025) })
  await createBrowser(app, new Map([['keyring', 'BADCOOKIE']])).get('/api/connections/main.cpanel.bob')
  const tokens = '/api/connections/main.cpanel.bob/execute/Tokens'
  await browser.post(`${tokens}/list`, {})
  await browser.post(`${tokens}/create_full_access`, { name: 'SENTNAME' })
  await browser.post(`${tokens}/rename`, { name: 'SENTNAME', new_name: 'b' })
  await browser.post(`${tokens}/revoke`, { name: 'SENTNAME' })
  await browser.post(`${tokens}/list?token=INQUERY`, { SENTPARAMETER: 'x' })
  upstream.answer('/json-api/uapi_cpanel', (_request, response) => sendJson(response, { data: 'ODDSECRET' }))
  upstream.answer('/json-api/batch', (_request, response) =>
    sendJson(response, { data: { result: [{ data: { token: 'NEWSECRET' } }] }, metadata: { result: 1 } }),
  )
  const whm = '/api/connections/main.whm.bob/json-api'
  const carol = { 'cpanel.user': 'carol', 'cpanel.module': 'Tokens', 'cpanel.function': 'revoke' }
  await browser.post(`${whm}/uapi_cpanel`, { ...carol, name: 'SENTNAME' })
  await browser.post(`${whm}/batch`, { command: 'api_token_create?token_name=SENTNAME' })
  await browser.post('/api/connections/main.whm.bob/json-api/api_token_get_details', { token: 'SENTTOKEN' })
  await browser.get('/api/connections/main.whm.bob/own-token')
  for (const token of [accepted.token, 'TESTEDTOKEN', 'TESTED:TOKEN']) {
    await browser.post('/api/connections/main.whm.bob/test-token', { token })
    await browser.post('/api/connections/main.whm.bob/test-token', { token, account: 'TESTEDACCOUNT' })
  }
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

  const cookies = upstream.requests.map(({ headers }) => headers.cookie).filter((cookie) => cookie !== undefined)
  const secrets = ['WRONGPASSWORD', 'WRONGTOKEN', '987654', '918273', 'xxxx', 'BADCOOKIE']
  secrets.push(accepted.password, accepted.token, accepted.securityToken, 'cpsess')
  secrets.push(accepted.cookie, ...cookies, ...browser.cookies.values())
  secrets.push('NEWSECRET', 'ODDSECRET', 'SENTPARAMETER', 'SENTTOKEN', 'TESTED')
  secrets.push('INQUERY', 'INPATH', 'INHEADER', 'INBODY', 'INBADPATH', 'main.cpanel.bob')
  for (const secret of secrets) expect(log.join('')).not.toContain(secret)
  // Names of tokens are what the audit log is for; the log has nothing of what people typed.
  expect(log.filter(isAudit).join('')).toContain('SENTNAME')
  expect(log.filter((line) => !isAudit(line)).join('')).not.toContain('SENTNAME')

  const requests = log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request')
  expect(requests).toHaveLength(27)
  expect(log.filter(isAudit)).toHaveLength(3 * 2 + 2 + 5 * 2 + 2)
  expect(requests.filter(({ route }) => route === '/api/connections/:id/test-token')).toMatchObject(
    [200, 200, 200, 200, 400, 400].map((status) => ({ method: 'POST', status })),
  )
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

test('what should not have been logged is redacted by its name', async () => {
  const upstream = await createTestUpstream()
  const { app, log } = await createTestApp(upstream)
  const headers = { authorization: 'SECRET', cookie: 'SECRET', 'set-cookie': 'SECRET', Authorization: 'SECRET' }
  app.log.info({ password: 'SECRET', headers, request: { headers }, form: { token: 'SECRET', code: 'SECRET' } })
  app.log.info({ connection: { credential: 'SECRET' }, answer: { body: { security_token: 'SECRET' } }, pass: 'SECRET' })
  expect(log.join('').match(/\[redacted\]/g)).toHaveLength(14)
  expect(log.join('')).not.toContain('SECRET')
  await app.close()
  await upstream.close()
})

test('an error that carries a secret is not written', async () => {
  const upstream = await createTestUpstream()
  const { app, log } = await createTestApp(upstream)
  app.log.error({ err: Object.assign(new Error('broken'), { password: 'SECRET' }) }, 'first')
  app.log.error({ deep: { in: [Object.assign(new Error('broken'), { Token: 'SECRET' })] } }, 'second')
  expect(log.join('').match(/\[redacted\]/g)).toHaveLength(2)
  expect(log.join('')).not.toContain('SECRET')
  await app.close()
  await upstream.close()
})

test.each([
  ['a security token in a path', 'GET /cpsess0123456789/execute/Tokens/list', '0123456789'],
  ['a security token in a URL', 'https://one.example:2083/CPSESS0123456789/login', '0123456789'],
  ['an API token in a header', 'authorization: whm root:SECRET', 'SECRET'],
  ['a password in a header', 'Basic Ym9iOlNFQ1JFVA==', 'Ym9iOlNFQ1JFVA'],
  ['a cookie of cPanel', 'cpsession=bob%3aSECRET%2c1; path=/', 'SECRET'],
  ['a cookie of WHM', 'x=1; whostmgrsession=root%3aSECRET', 'SECRET'],
  ['our own cookie', 'keyring-4380=SECRET', 'SECRET'],
  ['our own cookie over TLS', '__Host-keyring=SECRET', 'SECRET'],
  ['an API token', 'GOODTOKEN0GOODTOKEN0GOODTOKEN012', 'GOODTOKEN'],
])('%s is redacted wherever it stands', async (_name, text, secret) => {
  const upstream = await createTestUpstream()
  const { app, log } = await createTestApp(upstream)
  app.log.info({ deep: { in: { a: { line: [`"${text}"\\`] } } } }, `"${text}"\\`)
  const [line = ''] = log
  expect(line).not.toContain(secret)
  // Still JSON, and nothing but the secret is gone.
  const { msg, deep } = JSON.parse(line)
  expect(deep.in.a.line).toEqual([msg])
  expect(msg).toMatch(/^".*\[redacted\].*"\\$/)
  await app.close()
  await upstream.close()
})

test('what is no secret stays as it is', async () => {
  const upstream = await createTestUpstream()
  const { app, log } = await createTestApp(upstream)
  const msg = 'cpanel.user of main.cpanel.bob at AA:BB:CC: 0123456789abcdef, basic or whm, cpsess'
  app.log.info(msg)
  expect(JSON.parse(log[0] ?? '')).toMatchObject({ msg })
  await app.close()
  await upstream.close()
})
