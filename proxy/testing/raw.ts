import { connect } from 'node:net'

/** Sends bytes as they are and answers all that comes back until the server closes. HTTP clients tidy up; this doesn't. */
export function sendRaw(origin: string, text: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (answer += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

/** A request as text, with exactly this path, Host 127.0.0.1 and `Connection: close`. */
export function rawRequest(method: string, path: string, headers: Record<string, string> = {}, body = ''): string {
  const all = { Host: '127.0.0.1', Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}
