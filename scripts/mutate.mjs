/**
 * Mutation testing of the core: changes it in small ways, one at a time, and runs the tests that should notice. What no test
 * notices is printed, and docs/mutation-testing.md says what is to be thought of it. Takes long, so it is no part of `npm test`.
 *
 *   npm run mutate                  everything
 *   npm run mutate wire whmTokens   these files alone
 */
import { Stryker } from '@stryker-mutator/core'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { runTool } from './run.mjs'

/**
 * What is changed, and the tests that must notice: those beside it. All tests would be slow for what is run when a file is
 * loaded, and would give credit for what is noticed by chance.
 */
const PARTS = [
  part('proxy/allowlist', 'proxy/{allowlist*,parameters}'),
  part('proxy/parameters', 'proxy/{allowlist*,parameters}'),
  part('src/cpanel/addresses'),
  part('src/cpanel/call', 'src/cpanel/{call*,fanout}'),
  part('src/cpanel/errors'),
  part('src/cpanel/expiryDate'),
  part('src/cpanel/fanout'),
  part('src/cpanel/privileges'),
  part('src/cpanel/rotation', 'src/cpanel/rotation*'),
  part('src/cpanel/rotationPlan'),
  part('src/cpanel/rotationSuccessor'),
  part('src/cpanel/testToken'),
  part('src/cpanel/token'),
  part('src/cpanel/tokens', 'src/cpanel/tokens'),
  part('src/cpanel/uapi', 'src/cpanel/client'),
  part('src/cpanel/whm', 'src/cpanel/{client,whmQuestions}'),
  part('src/cpanel/whmTokens', 'src/cpanel/whmToken*'),
  part('src/cpanel/wire', 'src/cpanel/wire*'),
  part('src/data/accounts'),
  part('src/data/acrossAccounts'),
  part('src/data/allTokens', 'src/data/{allTokens,loadAllTokens,sources*,whmUsers*}'),
  part('src/data/backoff', 'src/data/{recovery,doubt}'),
  part('src/data/clockSkew'),
  part('src/data/connections', 'src/data/connection*'),
  part('src/data/createOnMany', 'src/data/{createOnMany,tokensKept}'),
  part('src/data/createToken', 'src/data/{createToken,storedDifferences,createOnMany,tokensKept}'),
  part('src/data/doubt'),
  part('src/data/editWhmToken', 'src/data/editWhmToken*'),
  part('src/data/loadAllTokens', 'src/data/{load*,sources*,whmUsers*}'),
  part('src/data/moved', 'src/data/{moved,revokeMany,revokeOld}'),
  part('src/data/otherTabs'),
  part('src/data/ownToken', 'src/data/{accounts,whmUsersRevoke}'),
  part('src/data/queryClient'),
  part('src/data/recovery', 'src/data/recovery*'),
  part('src/data/revokeAcross', 'src/data/{revokeAcross*,whmUsersRevoke}'),
  part('src/data/revokeMany', 'src/data/revokeMany*'),
  part('src/data/rotations'),
  part('src/data/serverClocks'),
  part('src/data/servers'),
  part('src/data/sources', 'src/data/{sources*,whmUsers*,loadAllTokens}'),
  part('src/data/testToken'),
  part('src/data/tokens', 'src/data/{tokens*,revokeMany,createToken}'),
  part('src/data/unfinished'),
  part('src/data/unfinishedEnding'),
  part('src/data/useSoleMutation'),
  part('src/data/viewWorker'),
]

function part(file, tests = file) {
  return { name: file.slice(file.lastIndexOf('/') + 1), file: `${file}.ts`, tests: `${tests}.test.ts` }
}

/** Changes one part and counts. @returns {Promise<{ noticed: number, all: number }>} */
async function mutate({ file, tests }) {
  process.env['MUTATE_TESTS'] = tests
  const results = await new Stryker({
    mutate: [file],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutate.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // A test that hangs for the change counts as one that notices; one that is slow because the machine is busy must not.
    timeoutMS: 60_000,
    reporters: process.stdout.isTTY ? ['progress'] : [],
    logLevel: 'error',
    // TypeScript 7 has no parser that Stryker could rewrite it with; nothing in ours needs rewriting.
    tsconfigFile: 'none.json',
    tempDirName: join(tmpdir(), `keyring-mutate-${process.pid}`),
  }).runMutationTest()
  const mutants = results.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError')
  const doubtful = mutants.filter(({ status }) => status !== 'Killed' && status !== 'Timeout')
  if (doubtful.length > 0 && (await isNoticed(null))) throw new Error(`The tests of ${file} fail without any change.`)
  let survivors = 0
  for (const { status, location, mutatorName, replacement } of doubtful) {
    if (await isNoticed({ file, ...location, replacement })) continue
    survivors += 1
    console.log(
      `  ${file}:${location.start.line}:${location.start.column} ${mutatorName} -> ${replacement} (${status})`,
    )
  }
  return { noticed: mutants.length - survivors, all: mutants.length }
}

/**
 * Whether the tests fail with a change written into its file, as everybody runs them. Stryker counts tests that fail alone: a
 * file that can't be loaded any more has none, and what goes wrong outside of a test is none either.
 */
async function isNoticed(change) {
  const env = { ...process.env, MUTATE_CHANGE: JSON.stringify(change) }
  const args = ['run', '--configLoader', 'runner', '--config', 'scripts/mutate.config.ts', '--bail', '1']
  const { code, output } = await runTool('vitest', 'vitest', args, { env, limitMs: 120_000 })
  // Written out, a change may lack the brackets it had as a tree: that is no program, and says nothing of tests.
  return code !== 0 && !output.includes('PARSE_ERROR')
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !PARTS.some((one) => one.name === name))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are ${PARTS.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}

let [noticed, all] = [0, 0]
for (const one of PARTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const score = await mutate(one)
  noticed += score.noticed
  all += score.all
  console.log(`${one.file}: ${said(score.noticed, score.all)}`)
}
console.log(`In all: ${said(noticed, all)}`)

function said(some, of) {
  return `${some} of ${of} changes noticed, ${of === 0 ? 100 : ((some / of) * 100).toFixed(1)} %`
}
