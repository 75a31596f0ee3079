/** How many calls Keyring passes on, and how fast, beside the barest proxy that Node's own modules make. */
import { machineTime, processorTime } from './processes.mjs'
import { median } from './programs.mjs'
import { fire, startBareProxy, startKeyring, startStub } from './underLoad.mjs'

const CONNECTIONS = 100
const WARM_UP_SECONDS = 5
/**
 * Many short ones: what disturbs this machine meanwhile shall disturb both proxies. And no pause of one while the other is
 * measured shall be so long that its connections to the server end: Keyring gives them back after four seconds without use,
 * and what is measured is a proxy at work, not one that shakes hands.
 */
const ROUND_SECONDS = 1.5
const ROUNDS = 24

export async function benchLoad() {
  const stub = await startStub()
  const subjects = { keyring: await startKeyring(stub, CONNECTIONS), bare: await startBareProxy(stub) }
  const pids = [process.pid, stub.pid, subjects.keyring.pid, subjects.bare.pid]

  for (const subject of Object.values(subjects)) {
    await fire(subject, { seconds: WARM_UP_SECONDS, connections: CONNECTIONS })
  }
  const measured = { keyring: [], bare: [] }
  const before = taken(pids)
  for (let round = 0; round < ROUNDS; round += 1) {
    // Turn about, and first in turn: a machine that slows down slows both.
    const order = round % 2 === 0 ? ['keyring', 'bare'] : ['bare', 'keyring']
    for (const name of order) measured[name].push(await measure(subjects[name]))
  }
  const after = taken(pids)

  const { keyring, bare } = measured
  const value = (rounds, name) => median(rounds.map((round) => round[name]))
  // Of the medians, not the median of each round's: that would be the noise of two rounds in one figure.
  const ratio = (name) => value(keyring, name) / value(bare, name)
  const both = (name) => ({ value: value(keyring, name), plain: value(bare, name) })
  return [
    { what: `calls a second at ${CONNECTIONS} connections`, ...both('rate'), unit: '/s' },
    { what: 'of the bare proxy’s', value: ratio('rate'), unit: '', limit: 0.7, atLeast: true },
    { what: 'until a call is answered, p50', ...both('p50'), unit: 'ms' },
    { what: 'p99', ...both('p99'), unit: 'ms' },
    { what: 'p99 against the bare proxy’s', value: ratio('p99'), unit: '', limit: 1.3 },
    ...(before === undefined
      ? []
      : [
          { what: 'of a processor for a call', ...both('processorUs'), unit: 'µs' },
          { what: 'against the bare proxy’s', value: ratio('processorUs'), unit: '' },
          { what: 'of the machine taken by other programs', value: 100 * others(before, after), unit: '%' },
        ]),
  ]
}

async function measure(subject) {
  const before = processorTime(subject.pid)
  const { count, rate, times } = await fire(subject, { seconds: ROUND_SECONDS, connections: CONNECTIONS })
  return {
    rate,
    p50: times[Math.floor(times.length * 0.5)],
    p99: times[Math.floor(times.length * 0.99)],
    processorUs: ((processorTime(subject.pid) - before) * 1000) / count,
  }
}

/** Processor time so far: of the whole machine, and of it what our processes took. */
function taken(pids) {
  const machine = machineTime()
  if (machine === undefined) return undefined
  return { ...machine, ours: pids.reduce((sum, pid) => sum + processorTime(pid), 0) }
}

function others(before, after) {
  return (after.busy - before.busy - (after.ours - before.ours)) / (after.there - before.there)
}
