import type { FastifyReply, FastifyRequest } from 'fastify'
import { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { ProxyError } from './errors'
import type { SecurityHeaders } from './headers'
import { logRequest } from './logging'

/** The one error handler: everything thrown becomes a ProxyErrorBody, and nothing of a fault's inside gets out. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = toProxyError(error)
  request.failure = known.kind === 'internal' ? error : known
  const { retryAfter } = known.details
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  reply.header('cache-control', 'no-store').code(known.statusCode).send(known.toBody())
}

/** Answers a path that leads nowhere. */
export function answerNothingHere(request: FastifyRequest, reply: FastifyReply): void {
  answerError(new ProxyError('not_allowed', 'There is nothing at this path.'), request, reply)
}

/** Answers a URL that can't be routed at all. No hook has run: what matters of them is done here. */
export function answerUnroutable(headersOf: SecurityHeaders) {
  return (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    logRequest(request, reply)
    reply.headers(headersOf(request)).header('x-request-id', request.id)
    answerNothingHere(request, reply)
  }
}

/**
 * Answers what is not HTTP, or too much of it, on the bare socket. Not while an answer to an earlier request is due there:
 * this one would be taken for it, or be written into the middle of it. Then the connection just ends.
 */
export function dropBrokenRequest(_error: Error, socket: Socket): void {
  if (!socket.writable) return
  if (isAnswerDue(socket)) {
    socket.destroy()
    return
  }
  const body = JSON.stringify(
    new ProxyError('invalid_request', 'This is not a request that can be read, or not in time.').toBody(),
  )
  socket.end(
    'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Type: application/json\r\n' +
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nX-Content-Type-Options: nosniff\r\n" +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** Whether a whole request came before, or an answer has begun. Node's own handling of broken requests looks there, too. */
function isAnswerDue(socket: Socket): boolean {
  const due = '_httpMessage' in socket ? socket['_httpMessage'] : undefined
  return due instanceof ServerResponse && (due.headersSent || due.req.complete)
}

function toProxyError(error: unknown): ProxyError {
  if (error instanceof ProxyError) return error
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
  if (status === 413) return new ProxyError('too_large', 'The body is too large.')
  if (status === 415) return new ProxyError('invalid_request', 'The body must be JSON, with its content type.')
  if (typeof status === 'number' && status < 500) return new ProxyError('invalid_request', 'The request is malformed.')
  return new ProxyError('internal', 'Something went wrong inside the proxy.')
}
