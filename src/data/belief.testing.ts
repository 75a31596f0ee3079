import { FakeCpanel, proxySays, type Fault } from './cpanel.testing'

export type What = 'create' | 'rename' | 'revoke' | 'read'
/** `pick` says which of the tokens that the person sees; `fault` what becomes of the next call of its function. */
export type Step = { person: 0 | 1; what: What; pick: number; fault: Misfortune | null }

/** `done-later`: the proxy gives up waiting, and the server does it at some time after that. */
export type Misfortune = Fault | 'done-later'

/** What the page says of a write in the end. `lost`: it is there, without its secret. `upset`: done, and the list says otherwise. */
export type Said = 'done' | 'lost' | 'not-done' | 'unknown' | 'upset'
export type Write = { what: Exclude<What, 'read'>; name: string; newName: string; said: Said }

export const functions = { create: 'create_full_access', rename: 'rename', revoke: 'revoke', read: 'list' }

/** Holds answers back, and lets them through one by one, in an order that was drawn. */
export class Gates {
  readonly #waiting: (() => void)[] = []
  readonly #order: Iterator<number>

  constructor(order: Iterator<number>) {
    this.#order = order
  }

  pass(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Until some work has ended and nobody waits any more. */
  async openAll(work: Promise<unknown>): Promise<void> {
    const state = { isOver: false }
    const end = () => (state.isOver = true)
    void work.then(end, end)
    while (!state.isOver || this.#waiting.length > 0) {
      // All that follows from the last one has happened by then.
      await new Promise(setImmediate)
      const index = Number(this.#order.next().value) % this.#waiting.length
      this.#waiting.splice(index, 1)[0]?.()
    }
  }
}

/** Performs what it is told, when it is told; keeps a record of what changed anything. */
export class Server extends FakeCpanel {
  /** In order: `create a`, `rename a b`, `revoke a`. */
  readonly done: string[] = []
  /** Functions of which the next call is done later. */
  readonly dawdles: string[] = []
  gates: Gates | null = null

  serve = async (url: string, init: { body?: string; signal?: AbortSignal }): Promise<Response> => {
    const name = url.split('/').at(-1) ?? ''
    const body: Record<string, unknown> = JSON.parse(init.body ?? '{}')
    const token = typeof body['name'] === 'string' ? body['name'] : ''
    const call = [name, token, body['new_name']].filter(Boolean).join(' ')
    if (name === 'rename' && !this.rows.has(token)) {
      this.calls.push(call)
      await this.beforeAnswer(call)
      return Response.json(this.no())
    }
    const index = this.dawdles.indexOf(name)
    if (index === -1 || this.gates === null) return this.fetch(url, init)
    this.dawdles.splice(index, 1)
    this.calls.push(call)
    const { gates } = this
    await gates.pass()
    void gates.pass().then(() => this.does(name, token, body))
    return proxySays('timeout', 504)
  }

  protected override does(name: string, token: string, body: Record<string, unknown>): unknown {
    // Nothing becomes of a name that is not there.
    if (name === 'rename' && !this.rows.has(token)) return null
    const before = [...this.rows.keys()].join()
    const data = super.does(name, token, body)
    if ([...this.rows.keys()].join() !== before)
      this.done.push([name, token, body['new_name']].filter(Boolean).join(' '))
    return data
  }
}

/** Where what was said is not what was done; or something was done that nobody asked for, or twice. */
export function liesIn({ calls, done }: Server, writes: readonly Write[]): string[] {
  const asked = writes.map(deedOf).toSorted().join(', ')
  // Each wish is sent once. Two people may well wish the same.
  const sent = calls.filter((call) => !call.startsWith('list')).toSorted()
  const lies = sent.join(', ') === asked ? [] : [`asked: ${asked}; sent: ${sent.join(', ')}`]
  const isTouched = (...names: string[]) =>
    done.some((deed) =>
      deed
        .split(' ')
        .slice(1)
        .some((name) => names.includes(name)),
    )
  for (const write of writes) {
    const { what, name, newName, said } = write
    const isDone = done.includes(deedOf(write))
    const rivals = writes.filter((one) => one.what === what && one.name === name && one.said !== 'not-done')
    const isTrue: Record<Said, boolean> = {
      // Revoked by whomever, or renamed: it is not there any more under that name.
      done: what === 'revoke' ? isTouched(name) : isDone,
      lost: isDone,
      // Of two who revoked the same, the other one did it.
      'not-done': !isDone || (what === 'revoke' && rivals.length > 0),
      upset: isTouched(name, newName),
      unknown: true,
    }
    if (!isTrue[said]) lies.push(`${deedOf(write)}: ${said}; done: ${done.join(', ')}`)
  }
  return lies
}

function deedOf({ what, name, newName }: Write): string {
  return [functions[what], name, newName].filter(Boolean).join(' ')
}
