import { Pool, type Dispatcher } from 'undici'
import type { Config, ServerConfig } from './config'
import type { ConnectionKind } from './contract'
import { ProxyError } from './errors'
import { codeOf, createConnector, UntrustedCertificate } from './tls'

/** One request to a server. `path` begins with a slash; `form` is sent as the body, never in the URL. */
type UpstreamRequest = {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  form?: readonly (readonly [name: string, value: string])[]
  signal: AbortSignal
}

/** A whole answer, unjudged: see classify.ts. */
export type UpstreamAnswer = { status: number; headers: Dispatcher.ResponseData['headers']; body: Buffer }

/** One front door (cPanel's or WHM's) of one configured server. */
export type Upstream = { host: string; send: (request: UpstreamRequest) => Promise<UpstreamAnswer> }

export type Upstreams = {
  find: (server: string, kind: ConnectionKind) => Upstream | undefined
  close: () => Promise<void>
}

/** Nothing that cPanel answers here comes near this; 10,000 accounts in full are about 9 MB. */
const maxAnswerBytes = 16 * 1024 * 1024

/** Connection pools for all configured servers; connects on first use. */
export function createUpstreams(config: Pick<Config, 'servers' | 'timeouts'>): Upstreams {
  const pools = new Map<string, { pool: Pool; upstream: Upstream }>()
  for (const server of config.servers) {
    for (const kind of ['cpanel', 'whm'] as const) {
      const origin = server[kind]
      if (origin !== undefined) pools.set(`${server.id}.${kind}`, createUpstream(origin, server, config.timeouts))
    }
  }
  return {
    find: (server, kind) => pools.get(`${server}.${kind}`)?.upstream,
    close: async () => {
      await Promise.all([...pools.values()].map(({ pool }) => pool.close()))
    },
  }
}

function createUpstream(origin: string, server: ServerConfig, timeouts: Config['timeouts']) {
  const pool = new Pool(origin, {
    connect: createConnector(server, timeouts.connectMs),
    // Fan-outs may take half of them (FANOUT_PARALLEL), never what a person waits for.
    connections: 128,
    headersTimeout: timeouts.answerMs,
    bodyTimeout: timeouts.bodyMs,
    maxResponseSize: maxAnswerBytes,
  })

  async function send({ method, path, headers, form, signal }: UpstreamRequest): Promise<UpstreamAnswer> {
    let answer: Dispatcher.ResponseData | undefined
    try {
      // undici follows no redirect and repeats no POST by itself.
      answer = await pool.request({
        method,
        path,
        headers: {
          accept: 'application/json',
          'user-agent': 'cpanel-keyring',
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...headers,
        },
        ...(form && { body: new URLSearchParams(form.map(([name, value]) => [name, value])).toString() }),
        signal,
      })
      const body = Buffer.from(await answer.body.arrayBuffer())
      return { status: answer.statusCode, headers: answer.headers, body }
    } catch (error) {
      throw toProxyError(error, answer !== undefined)
    }
  }

  return { pool, upstream: { host: new URL(origin).host, send } }
}

function toProxyError(error: unknown, hadAnswer: boolean): unknown {
  if (error instanceof UntrustedCertificate) {
    const { fingerprint256 } = error
    const details = fingerprint256 === undefined ? {} : { fingerprint256 }
    return new ProxyError(
      'untrusted_certificate',
      `The server's certificate is not trusted: ${error.message}.`,
      details,
    )
  }
  const code = codeOf(error)
  switch (code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return new ProxyError('timeout', 'The server did not answer in time.')
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return new ProxyError('garbled', 'The answer of the server is too long.')
    case 'UND_ERR_HEADERS_OVERFLOW':
      return new ProxyError('garbled', 'The headers of the answer are too long.')
    case 'UND_ERR_INVALID_ARG':
      return error
  }
  if (hadAnswer) return new ProxyError('garbled', 'The answer of the server was cut.')
  if (code.startsWith('HPE_')) return new ProxyError('garbled', 'The server does not speak HTTP.')
  return new ProxyError('unreachable', `The server can't be reached${code === '' ? '' : ` (${code})`}.`)
}
