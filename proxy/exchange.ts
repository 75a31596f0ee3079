import type { Dispatcher } from 'undici'
import { codeOf } from './tls'

/** What undici says of an answer that is longer than it may be. */
export const TOO_LONG = 'UND_ERR_RES_EXCEEDED_MAX_SIZE'

/** A whole answer, unjudged: see classify.ts. Names of headers in lower case. */
export type UpstreamAnswer = {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
}

/** There is no whole answer. `reason` is undici's own error; `hadBegun`: status and headers had come. */
export class NoAnswer extends Error {
  readonly reason: unknown
  readonly hadBegun: boolean

  constructor(reason: unknown, hadBegun: boolean) {
    super('There is no whole answer.')
    this.name = 'NoAnswer'
    this.reason = reason
    this.hadBegun = hadBegun
  }

  /** Whether the connection broke in the middle of an answer. One that is too long is no shorter the next time. */
  get wasCut(): boolean {
    return this.hadBegun && codeOf(this.reason) !== TOO_LONG
  }
}

/**
 * Sends one request and takes in its answer. By undici's own callbacks: a stream for each answer, made to be read at once,
 * would be a quarter of the work that a call is.
 *
 * @throws NoAnswer
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<UpstreamAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined
    let head: Omit<UpstreamAnswer, 'body'> | undefined
    const chunks: Buffer[] = []

    function fail(error: unknown): void {
      signal.removeEventListener('abort', giveUp)
      reject(new NoAnswer(error, head !== undefined))
    }
    function giveUp(): void {
      const error = new Error('The request was given up.')
      controller?.abort(error)
      fail(error)
    }

    signal.addEventListener('abort', giveUp)
    dispatcher.dispatch(request, {
      onRequestStart(started) {
        controller = started
        // It may have waited for a connection.
        if (signal.aborted) controller.abort(new Error('The request was given up.'))
      },
      onResponseStart(_controller, status, headers) {
        // Before the answer there may be others (1xx), which say that it will come.
        if (status >= 200) head = { status, headers }
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        signal.removeEventListener('abort', giveUp)
        if (head === undefined) reject(new NoAnswer(new Error('An answer without a head.'), false))
        else resolve({ ...head, body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) })
      },
      onResponseError(_controller, error) {
        fail(error)
      },
    })
  })
}
