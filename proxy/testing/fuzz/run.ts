import * as fc from 'fast-check'
import { anyCase, type Case } from './cases'
import { judgeAnswer } from './judgeAnswer'
import { judgeSent } from './judgeSent'
import { unpack } from './listed'
import { proofOf } from './proof'
import { isTokenTest, type Trial } from './trial'
import { isOrderly, readAnswers, render, sendAlone, sendInARow, type Answer } from './wire'
import { createWorld } from './world'

type World = Awaited<ReturnType<typeof createWorld>>

const BATCH = 200

/**
 * Sends cases to a proxy of its own, in batches, the unruly each over a connection of its own, and judges all that comes of
 * each batch.
 *
 * @returns the number of cases, and how often each function reached a server and each status came
 * @throws Error naming the first case of which came what must not be
 */
export async function runCases(seed: number, wanted: number): Promise<{ cases: number; seen: Map<string, number> }> {
  const world = await createWorld()
  const seen = new Map<string, number>()
  let cases = 0
  const run = async (batch: readonly Case[]) => {
    const trials = batch.map((one, index): Trial => ({ id: `${cases + index}`, case: one, proof: proofOf(one) }))
    cases += batch.length
    for (const what of await runBatch(world, trials)) seen.set(what, (seen.get(what) ?? 0) + 1)
  }
  const batches = fc.array(anyCase, { minLength: BATCH, maxLength: BATCH })
  // Shrinking a batch would take minutes and end with the one request that the message names anyway.
  const options = { seed, numRuns: Math.ceil(wanted / BATCH), endOnFailure: true }
  const { errorInstance } = await fc.check(fc.asyncProperty(batches, run), options)
  await world.close()
  if (errorInstance !== null) throw errorInstance
  return { cases, seen }
}

async function runBatch(world: World, trials: readonly Trial[]): Promise<string[]> {
  const cookies = await world.begin()
  const bytesOf = ({ id, case: one }: Trial, ...more: string[]) =>
    render(one, [`X-Case: ${id}`, ...more]).replaceAll(/\{(\w+)\}/g, (all, name) => cookies.get(name) ?? all)
  const judged = (trial: Trial, answers: readonly Answer[]) => {
    naming(trial, () => answers.forEach((answer) => judgeAnswer(answer, trial, cookies)))
    return answers.map(({ status }) => String(status))
  }

  const orderly = trials.filter((one) => isOrderly(one.case))
  const lanes = [0, 1, 2, 3].map(async (lane) => {
    const own = orderly.filter((_, index) => index % 4 === lane)
    const requests = own.map((one) => ({ bytes: bytesOf(one), method: one.case.method }))
    const answers = await sendInARow(world.port, requests)
    return own.flatMap((one, index) => judged(one, answers.slice(index, index + 1)))
  })
  const unruly = trials.filter((one) => !isOrderly(one.case))
  const alone = unruly.map(async (one) => {
    const text = await sendAlone(world.port, bytesOf(one, 'Connection: close'), one.case.framing === 'cut')
    return judged(one, readAnswers(text, one.case.method))
  })
  const statuses = (await Promise.all([...lanes, ...alone])).flat()
  const told = world.log.find((line) => /"internal"|"level":[56]0|SECRET|cpsess/.test(line))
  if (told !== undefined) throw new Error(`in the log: ${told}`)
  return [...statuses, ...judgeServers(world, trials)]
}

/** Judges what reached servers, and answers what it was. */
function judgeServers({ sent, issued }: World, trials: readonly Trial[]): string[] {
  const circumstances = { trials: new Map(trials.map((trial) => [trial.id, trial])), issued }
  return sent.flatMap((one) => {
    const trial = circumstances.trials.get(one.cause ?? '')
    if (trial === undefined) throw new Error(`nobody asked for ${one.path}`)
    naming(trial, () => judgeSent(one, trial, circumstances))
    if (isTokenTest(trial.case)) return ['token test']
    const path = one.path.replace(/^\/cpsess\d+/, '')
    if (/^\/log(in|out)\//.test(path)) return [path.slice(1, path.indexOf('/', 1))]
    const names = unpack(one.door, path, one.form).map(({ name }) => name)
    return path === '/json-api/batch' ? ['batch', ...names] : names
  })
}

/** Says of a fault which request it was. */
function naming(trial: Trial, judge: () => void): void {
  try {
    judge()
  } catch (cause) {
    throw new Error(`${String(cause)}\nin case ${trial.id}: ${JSON.stringify(trial.case).slice(0, 3000)}`, { cause })
  }
}
