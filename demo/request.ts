import type { IncomingMessage } from 'node:http'
import type { Exchange } from './exchange'
import type { Kind } from './options'
import { fromForm, fromJson, type Params } from './params'
import type { World } from './world'

const maxBody = 16 * 1024 * 1024

/** Reads a request to its end. Query, form and JSON parameters count alike (section 9.4). Null for a body that can't be read. */
export async function readRequest(
  request: IncomingMessage,
  world: World,
  kind: Kind,
  urls: Exchange['urls'],
  signal: AbortSignal,
): Promise<Exchange | null> {
  const url = new URL(request.url ?? '/', 'https://localhost')
  const [, securityToken = null, path = '/'] = /^(\/cpsess[^/]*)?(\/.*)?$/.exec(url.pathname) ?? []
  const query = fromForm(url.search)
  const body = readParams(request.headers['content-type'] ?? '', await readBody(request))
  if (body === null) return null
  return {
    world,
    kind,
    method: request.method ?? 'GET',
    path,
    securityToken,
    headers: request.headers,
    address: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    query,
    params: [...query, ...body],
    signal,
    urls,
    clockOf: null,
    spoilers: [],
  }
}

function readParams(contentType: string, body: string): Params | null {
  if (body === '') return []
  return contentType.includes('json') ? fromJson(body) : fromForm(body)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > maxBody) throw new Error('the body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
