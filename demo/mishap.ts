import type { Exchange } from './exchange'
import { loginPage, plainPage } from './pages'
import { accessDenied } from './refusals'
import { Interruption, type Answer, type Reply } from './reply'
import type { CallRecord, World } from './world'

/** What can happen to one call, in the words of README.md's table. */
export const mishaps = [
  'lost-request',
  'lost-answer',
  'cut-answer',
  'late-answer',
  'status-401',
  'status-403',
  'status-429',
  'status-500',
  'status-502',
  'tls-break',
  'restart',
] as const

export type Mishap = (typeof mishaps)[number]

/** A mishap that waits for the next call of a function on an account. */
export interface PlannedMishap {
  readonly mishap: Mishap
  readonly name: string
  readonly account: string
  /** Ends all connections, and takes none for a moment. */
  readonly restart: () => void
}

const instead: Partial<Record<Mishap, Reply>> = {
  'lost-request': { kind: 'drop' },
  'status-401': loginPage(401),
  'status-403': accessDenied,
  'status-429': plainPage(429, 'Too Many Requests', { 'Retry-After': '1' }),
  'status-500': plainPage(500, 'Internal Server Error: cpsrvd is restarting'),
  'status-502': plainPage(502, 'Bad Gateway'),
}

const afterwards: Partial<Record<Mishap, (answer: Answer) => Reply>> = {
  'lost-answer': () => ({ kind: 'drop' }),
  'cut-answer': (answer) => ({ kind: 'cut', answer }),
  'late-answer': () => ({ kind: 'hang' }),
  'tls-break': (answer) => ({ kind: 'break-tls', answer }),
}

/** Lets a call that was just noted meet what was planned for it, once. Throws an Interruption when nothing of it is done. */
export function meetMishap(
  { world, spoilers }: Exchange,
  { name, account }: Pick<CallRecord, 'name' | 'account'>,
): void {
  const planned = take(world, name, account)
  if (planned === undefined) return
  const { mishap, restart } = planned
  if (mishap === 'restart') {
    restart()
    throw new Interruption({ kind: 'drop' })
  }
  const reply = instead[mishap]
  if (reply !== undefined) throw new Interruption(reply)
  const spoil = afterwards[mishap]
  if (spoil !== undefined) spoilers.push(spoil)
}

function take({ planned }: World, name: string, account: string): PlannedMishap | undefined {
  const index = planned.findIndex((one) => one.name === name && one.account === account)
  return index === -1 ? undefined : planned.splice(index, 1)[0]
}
