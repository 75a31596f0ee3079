import { connect } from 'node:net'
import type { Case } from './cases'

/** An answer as it came; header names are in lower case. */
export type Answer = { status: number; headers: ReadonlyMap<string, string>; body: string }

/** A request as bytes, and its method, on which it depends how its answer ends. */
export type Outgoing = { bytes: string; method: string }

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'])
const framingNames = /^\s*(connection|upgrade|transfer-encoding|content-length|expect|trailer)\s*$/i

/** Whether a server must read it as one request, answer it once and leave the connection open for the next. */
export function isOrderly({ method, target, headers, body, framing }: Case): boolean {
  if (!methods.has(method) || !/^\/[!-~]*$/.test(target) || target.length > 8000) return false
  if (framing !== 'length' && framing !== 'chunked') return false
  if (body.length > 60_000 || headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0) > 7000)
    return false
  return headers.every(([name, value]) => {
    return !framingNames.test(name) && /^[\w-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
  })
}

/** A case as the bytes of a request. `more` are further header lines. */
export function render({ method, target, headers, body, framing }: Case, more: readonly string[]): string {
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map((header) => header.join(': ')), ...more]
  const isChunked = framing === 'chunked' || framing === 'both'
  if (isChunked) lines.push('Transfer-Encoding: chunked')
  if (framing === 'cut') lines.push(`Content-Length: ${body.length + 7}`)
  else if (framing === 'extra') lines.push(`Content-Length: ${Math.max(0, body.length - 3)}`)
  else if (framing === 'both' || (framing === 'length' && (body !== '' || method === 'POST')))
    lines.push(`Content-Length: ${body.length}`)
  return `${lines.join('\r\n')}\r\n\r\n${isChunked ? chunked(body) : body}`
}

function chunked(body: string): string {
  const middle = Math.ceil(body.length / 2)
  const parts = [body.slice(0, middle), body.slice(middle)].filter((part) => part !== '')
  return `${parts.map((part) => `${part.length.toString(16)};x="y"\r\n${part}\r\n`).join('')}0\r\n\r\n`
}

/** So many requests are sent without waiting for answers. */
const AHEAD = 8

/** Sends requests one behind the other, some ahead of their answers, and answers the answers in order. */
export async function sendInARow(port: number, requests: readonly Outgoing[]): Promise<Answer[]> {
  const answers: Answer[] = []
  while (answers.length < requests.length) answers.push(...(await sendOverOne(port, requests.slice(answers.length))))
  return answers
}

/** The answers to as many of the requests as the server takes over one connection; at least one. */
function sendOverOne(port: number, requests: readonly Outgoing[]): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const answers: Answer[] = []
    let text = ''
    let written = 0
    const socket = connect(port, '127.0.0.1')
    const write = () => {
      const next = requests.slice(written, answers.length + AHEAD)
      written += next.length
      if (next.length > 0) socket.write(next.map(({ bytes }) => bytes).join(''), 'latin1')
    }
    socket.setNoDelay()
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
      for (let next = requests[answers.length]; next !== undefined; next = requests[answers.length]) {
        const read = readAnswer(text, next.method)
        if (read === undefined) return write()
        answers.push(read.answer)
        text = read.rest
        if (read.answer.headers.get('connection') === 'close') break
      }
      socket.destroy()
      resolve(answers)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const unanswered = requests[answers.length]
      reject(new Error(`closed without an answer to ${JSON.stringify(unanswered?.bytes.slice(0, 2000))}`))
    })
    write()
  })
}

/** How long a server may wait for the rest of a request, in ms, before it is told that there is none. */
const PATIENCE_MS = 1000

/**
 * Sends one request over a connection of its own and answers everything that came back.
 *
 * @param isCut ends the connection behind it at once
 */
export function sendAlone(port: number, bytes: string, isCut: boolean): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1')
    const patience = setTimeout(() => socket.end(), PATIENCE_MS)
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (text += chunk))
    // A server may well reset a connection over which something unreadable came.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(patience)
      resolve(text)
    })
    socket.write(bytes, 'latin1', () => isCut && socket.end())
  })
}

/** All whole answers in a text, in order, interim ones left out. @throws Error when something else is in it */
export function readAnswers(text: string, method: string): Answer[] {
  const answers: Answer[] = []
  let rest = text
  while (rest !== '') {
    const read = readAnswer(rest, method)
    if (read === undefined) throw new Error(`not an answer: ${JSON.stringify(rest.slice(0, 200))}`)
    if (read.answer.status >= 200) answers.push(read.answer)
    rest = read.rest
  }
  return answers
}

/** The first answer in a text and what follows it; undefined while it is not whole. */
function readAnswer(text: string, method: string): { answer: Answer; rest: string } | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]
  if (status === undefined) throw new Error(`not an answer: ${JSON.stringify(text.slice(0, 200))}`)
  const headers = new Map<string, string>()
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? []
    headers.set(name.toLowerCase(), value)
  }
  const about = { status: Number(status), headers }
  const start = end + 4
  // What can't be read as a request is answered without knowing its method, and has no id.
  const isHead = method === 'HEAD' && (headers.has('x-request-id') || !headers.has('content-type'))
  if (isHead || about.status < 200 || about.status === 204 || about.status === 304) {
    return { answer: { ...about, body: '' }, rest: text.slice(start) }
  }
  if (headers.get('transfer-encoding') === 'chunked') {
    const body = readChunks(text, start)
    return body && { answer: { ...about, body: body.text }, rest: text.slice(body.end) }
  }
  const length = Number(headers.get('content-length'))
  if (text.length < start + length) return undefined
  return { answer: { ...about, body: text.slice(start, start + length) }, rest: text.slice(start + length) }
}

function readChunks(text: string, start: number): { text: string; end: number } | undefined {
  let body = ''
  let at = start
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const size = Number.parseInt(text.slice(at, lineEnd), 16)
    const next = lineEnd + 2 + size + 2
    if (text.length < next) return undefined
    if (size === 0) return { text: body, end: next }
    body += text.slice(lineEnd + 2, next - 2)
    at = next
  }
}
