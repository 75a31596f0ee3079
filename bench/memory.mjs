/**
 * Whether Keyring's memory stays flat over ten minutes at constant load. `npm run bench -- memory`; on Linux only, since it
 * asks /proc.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'undici'
import { isLinux, residentMemory } from './processes.mjs'
import { median } from './programs.mjs'
import { fire, signIn, startKeyring, startStub } from './underLoad.mjs'

const MINUTES = 10
/** Far from what one processor does: a queue that grows would be no leak. */
const RATE = 300
const CONNECTIONS = 30
const SAMPLE_SECONDS = 10

export async function benchMemory() {
  if (!isLinux) throw new Error('This bench reads /proc, which only Linux has.')
  const keyring = await startKeyring(await startStub(), CONNECTIONS, { NODE_OPTIONS: '--inspect=127.0.0.1:0' })
  const start = performance.now()
  const minutes = () => (performance.now() - start) / 60_000

  const comings = comeAndGo(keyring.url, () => minutes() < MINUTES)
  const load = fire(keyring, { seconds: MINUTES * 60, connections: CONNECTIONS, rate: RATE })
  const samples = []
  const heaps = []
  const sampling = (async () => {
    while (minutes() < MINUTES - SAMPLE_SECONDS / 60) {
      await sleep(SAMPLE_SECONDS * 1000)
      samples.push({ at: minutes(), rss: residentMemory(keyring.pid) })
      // Collecting garbage more often than Node does by itself would hide what RSS is to show.
      if (heaps.length < 1 && minutes() >= 2) heaps.push(await liveHeap(keyring.log))
    }
  })()
  const [{ count }, people] = await Promise.all([load, comings, sampling])
  heaps.push(await liveHeap(keyring.log))

  const between = (from, to) => median(samples.filter(({ at }) => at > from && at <= to).map(({ rss }) => rss))
  const [early, late] = [between(2, 4), between(MINUTES - 2, MINUTES)]
  const [heapEarly, heapLate] = heaps
  const steady = samples.filter(({ at }) => at > 2)
  return [
    { what: `calls in ${MINUTES} minutes, beside ${people} sign-ins`, value: count, unit: '' },
    { what: 'memory (RSS), median of minutes 3 and 4', value: early, unit: 'MB' },
    { what: 'of the last two minutes', value: late, unit: 'MB' },
    { what: 'the one against the other', value: late / early, unit: '', limit: 1.05 },
    { what: 'slope from minute 3 on', value: slope(steady), unit: 'MB/min' },
    { what: 'heap after collecting garbage, after 2 minutes', value: heapEarly, unit: 'MB' },
    { what: 'at the end', value: heapLate, unit: 'MB' },
    { what: 'the one against the other', value: heapLate / heapEarly, unit: '', limit: 1.05 },
  ]
}

/** Somebody who signs in and out again each second while `goesOn` says so; answers how often that was. */
async function comeAndGo(url, goesOn) {
  let count = 0
  while (goesOn()) {
    const { signOut } = await signIn(url)
    await signOut()
    count += 1
    await sleep(1000)
  }
  return count
}

/** The least squares' line through the samples: MB a minute. */
function slope(samples) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  const at = mean(samples.map((sample) => sample.at))
  const rss = mean(samples.map((sample) => sample.rss))
  const spread = samples.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0)
  return samples.reduce((sum, sample) => sum + (sample.at - at) * (sample.rss - rss), 0) / spread
}

/** What is alive on the heap, in MB, asked through the debugger's door, which Node writes to the log. */
async function liveHeap(log) {
  const socket = new WebSocket(/^Debugger listening on (ws:\S+)$/m.exec(readFileSync(log, 'utf8'))[1])
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', reject, { once: true })
  })
  const ask = (id, method) =>
    new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(data)
        if (answer.id === id) resolve(answer.result)
      })
      socket.send(JSON.stringify({ id, method }))
    })
  await ask(1, 'HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize = 0 } = await ask(2, 'Runtime.getHeapUsage')
  socket.close()
  return (usedSize + backingStorageSize) / 1024 / 1024
}
