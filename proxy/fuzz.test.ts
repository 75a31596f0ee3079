import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyCase, type Case } from './testing/fuzz/cases'
import { judgeAnswer } from './testing/fuzz/judgeAnswer'
import { judgeSent } from './testing/fuzz/judgeSent'
import { accountFunctions, unpack, whmFunctions } from './testing/fuzz/listed'
import { proofOf } from './testing/fuzz/proof'
import type { Trial } from './testing/fuzz/trial'
import { isOrderly, readAnswers, render, sendAlone, sendInARow, type Answer } from './testing/fuzz/wire'
import { createWorld } from './testing/fuzz/world'

// FUZZ_SEED=N repeats the run whose seed a failure names; FUZZ_RUNS=N sends so many cases with each of the two seeds.
const CASES = Number(process.env['FUZZ_RUNS'] ?? 50_000)
const BATCH = 200
const seeds = [20_261_124, Number(process.env['FUZZ_SEED'] ?? Math.trunc(Math.random() * 2 ** 31))]

let world: Awaited<ReturnType<typeof createWorld>>
let cases = 0
/** How often each function reached a server and each status came: what only knocks at the door proves nothing. */
const seen = new Map<string, number>()
const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.close())

test.each(seeds)(
  'whatever comes, only what is listed passes, and for nobody but who is signed in (FUZZ_SEED=%i)',
  { timeout: CASES * 20 },
  async (seed) => {
    process.stdout.write(`FUZZ_SEED=${seed}\n`)
    const batches = fc.array(anyCase, { minLength: BATCH, maxLength: BATCH })
    // Shrinking a batch would take minutes and end with the one request that the message names anyway.
    const options = { seed, numRuns: Math.ceil(CASES / BATCH), endOnFailure: true }
    const { errorInstance } = await fc.check(fc.asyncProperty(batches, run), options)
    expect(errorInstance).toBeNull()
  },
)

test('all of that was sent, and what is behind the list was reached', () => {
  expect(cases).toBeGreaterThanOrEqual(CASES * 2)
  const statuses = ['200', '201', '204', '400', '401', '403', '404', '413', '421', '502']
  const functions = [...[...accountFunctions.keys()].map((name) => `Tokens::${name}`), ...whmFunctions.keys(), 'batch']
  const wanted = [...functions, 'login', 'logout', ...statuses]
  expect(wanted.filter((what) => (seen.get(what) ?? 0) < Math.floor(cases / 10_000))).toEqual([])
})

/** Sends a batch, the unruly each over a connection of its own, and judges all that came of it. */
async function run(batch: readonly Case[]): Promise<void> {
  const cookies = await world.begin()
  const trials = batch.map((one, index): Trial => ({ id: `${cases + index}`, case: one, proof: proofOf(one) }))
  cases += batch.length
  const bytesOf = ({ id, case: one }: Trial, ...more: string[]) =>
    render(one, [`X-Case: ${id}`, ...more]).replaceAll(/\{(\w+)\}/g, (all, name) => cookies.get(name) ?? all)

  const orderly = trials.filter((one) => isOrderly(one.case))
  const lanes = [0, 1, 2, 3].map(async (lane) => {
    const own = orderly.filter((_, index) => index % 4 === lane)
    const requests = own.map((one) => ({ bytes: bytesOf(one), method: one.case.method }))
    const answers = await sendInARow(world.port, requests)
    own.forEach((one, index) => judgeAnswers(one, answers.slice(index, index + 1), cookies))
  })
  const unruly = trials.filter((one) => !isOrderly(one.case))
  const alone = unruly.map(async (one) => {
    const text = await sendAlone(world.port, bytesOf(one, 'Connection: close'), one.case.framing === 'cut')
    judgeAnswers(one, readAnswers(text, one.case.method), cookies)
  })
  await Promise.all([...lanes, ...alone])
  judgeServers(trials)
  const told = world.log.find((line) => /"internal"|"level":[56]0|SECRET|cpsess/.test(line))
  if (told !== undefined) throw new Error(`in the log: ${told}`)
}

function judgeAnswers(trial: Trial, answers: readonly Answer[], cookies: ReadonlyMap<string, string>): void {
  naming(trial, () => answers.forEach((answer) => judgeAnswer(answer, trial, cookies)))
  for (const { status } of answers) count(String(status))
}

function judgeServers(trials: readonly Trial[]): void {
  const byId = new Map(trials.map((trial) => [trial.id, trial]))
  const circumstances = { trials: byId, issued: world.issued }
  for (const sent of world.sent) {
    const trial = byId.get(sent.cause ?? '')
    if (trial === undefined) throw new Error(`nobody asked for ${sent.path}`)
    naming(trial, () => judgeSent(sent, trial, circumstances))
    const path = sent.path.replace(/^\/cpsess\d+/, '')
    if (/^\/log(in|out)\//.test(path)) count(path.slice(1, path.indexOf('/', 1)))
    else unpack(sent.door, path, sent.form).forEach(({ name }) => count(name))
    if (path === '/json-api/batch') count('batch')
  }
}

/** Says of a fault which request it was. */
function naming(trial: Trial, judge: () => void): void {
  try {
    judge()
  } catch (cause) {
    throw new Error(`${String(cause)}\nin case ${trial.id}: ${JSON.stringify(trial.case).slice(0, 3000)}`, { cause })
  }
}
