import { X509Certificate } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { lookAt, lookAtAll } from './look'
import { createCertificate, type Certificate } from './testing/certificate'

const toClose: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

const patient = () => ({ timeoutMs: 5_000, signal: new AbortController().signal })

type Listening = {
  listen: (port: number, host: string, listening: () => void) => unknown
  address: () => unknown
  close: (closed: () => void) => unknown
}

async function portOf(server: Listening): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  toClose.push(() => new Promise((resolve) => server.close(() => resolve())))
  const address = server.address()
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0
}

/** A TLS server that notes all it is sent once the handshake is through. */
async function startTls(certificate: Certificate) {
  const sent: string[] = []
  let ended: () => void
  const end = new Promise<void>((resolve) => (ended = resolve))
  const server = createTlsServer(certificate, (socket) => {
    socket.on('data', (chunk) => sent.push(String(chunk)))
    socket.on('error', () => {})
    socket.on('close', () => ended())
  })
  const port = await portOf(server)
  return {
    origin: `https://127.0.0.1:${port}`,
    sent,
    end,
    fingerprint256: new X509Certificate(certificate.cert).fingerprint256,
  }
}

/** A server that does with a connection what it is told, in plain TCP. */
async function startPlain(onConnection: (socket: Socket) => void): Promise<string> {
  return `https://127.0.0.1:${await portOf(createServer({}, (socket) => onConnection(socket.on('error', () => {}))))}`
}

describe('a look at a server', () => {
  test('shows its certificate and sends nothing', async () => {
    const server = await startTls(await createCertificate())
    expect(await lookAt(server.origin, patient())).toEqual({
      certificate: {
        fingerprint256: server.fingerprint256,
        subject: '127.0.0.1',
        issuer: '127.0.0.1',
        names: ['127.0.0.1'],
        validFrom: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        validTo: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        isTrusted: false,
        flaws: ['self-signed'],
      },
    })
    await server.end
    expect(server.sent).toEqual([])
  })

  test('names addresses in their short form', async () => {
    const { origin } = await startTls(await createCertificate({ name: '2001:db8::7' }))
    expect(await lookAt(origin, patient())).toMatchObject({ certificate: { names: ['2001:db8::7'] } })
  })

  test('says that it is trusted where an authority vouches for it', async () => {
    const certificate = await createCertificate()
    const { origin } = await startTls(certificate)
    expect(await lookAt(origin, { ...patient(), ca: certificate.cert })).toMatchObject({
      certificate: { isTrusted: true, flaws: [] },
    })
  })

  test.each([
    ['has expired', { validForMs: -60_000 }, ['expired']],
    ['is for another name', { name: 'other.example' }, ['other-name']],
    ['is both', { validForMs: -60_000, name: 'other.example' }, ['expired', 'other-name']],
  ])('says all that is wrong with one that %s, whoever vouches for it', async (_name, options, flaws) => {
    const certificate = await createCertificate(options)
    const { origin } = await startTls(certificate)
    expect(await lookAt(origin, patient())).toMatchObject({
      certificate: { isTrusted: false, flaws: ['self-signed', ...flaws] },
    })
    const vouchedFor = await lookAt(origin, { ...patient(), ca: certificate.cert })
    expect(vouchedFor).toMatchObject({ certificate: { isTrusted: false } })
  })

  test.each([
    ['speaks first, in another protocol', (socket: Socket) => socket.resume().end('220 mail.example ESMTP\r\n')],
    ['hangs up', (socket: Socket) => socket.resume().end('')],
    [
      'answers like a web server without TLS',
      (socket: Socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ],
  ])('finds no TLS in what %s', async (_name, onConnection) => {
    expect(await lookAt(await startPlain(onConnection), patient())).toEqual({ why: 'no-tls' })
  })

  test('finds nothing where nothing listens, and no host of a name that is none', async () => {
    const server = createServer()
    const port = await portOf(server)
    await toClose.pop()?.()
    expect(await lookAt(`https://127.0.0.1:${port}`, patient())).toEqual({ why: 'refused' })
    expect(await lookAt('https://nowhere.invalid:2083', patient())).toEqual({ why: 'unknown-host' })
  })

  test('does not wait for what stays silent, nor for anything once nobody waits for it', async () => {
    const silent = await startPlain((socket) => socket.resume())
    expect(await lookAt(silent, { ...patient(), timeoutMs: 50 })).toEqual({ why: 'timeout' })
    const gone = new AbortController()
    const look = lookAt(silent, { timeoutMs: 60_000, signal: gone.signal })
    gone.abort()
    expect(await look).toEqual({ why: 'timeout' })
    expect(await lookAt(silent, { timeoutMs: 60_000, signal: gone.signal })).toEqual({ why: 'timeout' })
  })

  test('at both doors does not wait for long for one once the other has answered', async () => {
    const { origin } = await startTls(await createCertificate())
    const silent = await startPlain((socket) => socket.resume())
    const looks = await lookAtAll(
      [
        { kind: 'cpanel', origin: silent },
        { kind: 'whm', origin },
      ],
      { timeoutMs: 60_000, graceMs: 50, signal: new AbortController().signal },
    )
    expect(looks).toMatchObject([
      { kind: 'cpanel', origin: silent, why: 'timeout' },
      { kind: 'whm', origin, certificate: { isTrusted: false } },
    ])
  })
})
