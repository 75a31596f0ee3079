import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { Api } from './call'

type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: unknown; isAborted: boolean }
type Answer = (response: ServerResponse, received: Received) => void

/** Plays the proxy for a test: answers as it is told, over real HTTP on a free port of loopback, and notes what came. */
export type PlayedProxy = {
  api: Api
  received: Received[]
  /** From now on every request is answered like this. */
  answer: (answer: Answer) => void
  close: () => Promise<void>
}

export async function playProxy(): Promise<PlayedProxy> {
  const received: Received[] = []
  let answer: Answer = json(null)
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const one = { method, path, headers, body: text === '' ? undefined : JSON.parse(text), isAborted: false }
      received.push(one)
      response.on('close', () => (one.isAborted = !response.writableFinished))
      answer(response, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    api: { base: `http://127.0.0.1:${port}/api` },
    received,
    answer: (next) => (answer = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An answer with this body as JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return text(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers })
}

/** An answer with this body as it is. */
export function text(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return (response) => void response.writeHead(status, headers).end(body)
}
