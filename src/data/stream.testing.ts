/** One answer that comes line by line, as the test says it. */
export class FakeStream {
  readonly users: readonly string[]
  /** Nobody wanted the rest. */
  isAborted = false
  readonly response: Response
  #out: ReadableStreamDefaultController<Uint8Array> | undefined

  constructor(users: readonly string[], signal?: AbortSignal) {
    this.users = users
    const start = (out: ReadableStreamDefaultController<Uint8Array>) => void (this.#out = out)
    this.response = new Response(new ReadableStream({ start, cancel: () => this.#stop() }))
    signal?.addEventListener('abort', () => this.#stop(signal.reason))
  }

  #stop(reason?: unknown): void {
    if (this.#out === undefined) return
    this.isAborted = true
    if (reason !== undefined) this.#out.error(reason)
    this.#out = undefined
  }

  say(...lines: unknown[]): void {
    for (const line of lines) this.#out?.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`))
  }

  end(): void {
    this.#out?.close()
    this.#out = undefined
  }

  /** The connection to the proxy breaks. */
  cut(): void {
    this.#out?.error(new TypeError('terminated'))
    this.#out = undefined
  }
}
