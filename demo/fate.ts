import type { Exchange } from './exchange'
import { Interruption } from './reply'
import type { CallRecord, World } from './world'

/** When the server dies: once so many calls have been answered. */
export interface Fate {
  /** The function whose calls count; null for every call, without what is inside it. */
  readonly name: string | null
  /** Calls that are still let in. */
  left: number
  /** Calls that were let in and have no answer yet. */
  readonly underWay: Set<Exchange>
}

/** Whether the server is dead: nobody is answered any more. */
export function isDead({ fate }: World): boolean {
  return fate !== null && fate.left === 0 && fate.underWay.size === 0
}

/** Counts a call that begins. Throws an Interruption when it is one too many: it breaks, and nothing of it is done. */
export function meetFate(exchange: Exchange, { name, inside }: Pick<CallRecord, 'name' | 'inside'>): void {
  const { fate } = exchange.world
  if (fate === null) return
  if (isDead(exchange.world)) throw new Interruption({ kind: 'drop' })
  if (fate.name === null ? inside !== '' : fate.name !== name) return
  if (fate.left === 0) throw new Interruption({ kind: 'drop' })
  fate.left -= 1
  fate.underWay.add(exchange)
}
