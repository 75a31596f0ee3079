import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import {
  functions,
  Gates,
  liesIn,
  Server,
  type Misfortune,
  type Said,
  type Step,
  type What,
  type Write,
} from './belief.testing'
import { SECRET } from './cpanel.testing'

/**
 * Two people on one account, whatever they do, in whatever order answers come, and whatever becomes of calls: what a page
 * believes in the end is what the server has. BELIEF_RUNS=N is how many histories are tried, BELIEF_SEED=N which.
 */
const RUNS = Number(process.env['BELIEF_RUNS'] ?? 10_000)
const seed = Number(process.env['BELIEF_SEED'] ?? Math.trunc(Math.random() * 2 ** 31))

const misfortunes: Misfortune[] = [
  'lost-request',
  'lost-answer',
  'done-late',
  'done-later',
  'refuses',
  'null-answer',
  { status: 502, kind: 'upstream_failed' },
  { status: 429, kind: 'too_many_requests' },
]

const step: fc.Arbitrary<Step> = fc.record({
  person: fc.constantFrom(0, 1),
  what: fc.constantFrom<What>('create', 'rename', 'revoke', 'read'),
  pick: fc.nat(5),
  fault: fc.option(fc.constantFrom(...misfortunes), { freq: 2 }),
})

// Waiting is what the gates are for.
vi.mock('./backoff', async (original) => ({ ...(await original<object>()), pause: async () => {} }))

/** A page of its own: nothing of the app is shared with the other one but the server. */
async function openPage() {
  vi.resetModules()
  const [{ queryClient }, tokens, create] = await Promise.all([
    import('./queryClient'),
    import('./tokens'),
    import('./createToken'),
  ])
  return { queryClient, tokens, create, account: tokens.accountOf('main.cpanel.alice') }
}

type Page = Awaited<ReturnType<typeof openPage>>

afterEach(() => vi.unstubAllGlobals())

test(`what a page believes is what the server has (BELIEF_SEED=${seed})`, { timeout: RUNS * 60 }, async () => {
  const pages = [await openPage(), await openPage()] as const
  const seen = new Map<string, number>()
  let histories = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      async (steps, order) => {
        histories += 1
        for (const { what, said } of await live(pages, steps, new Gates(order))) {
          seen.set(`${what} ${said}`, (seen.get(`${what} ${said}`) ?? 0) + 1)
        }
      },
    ),
    { numRuns: RUNS, seed },
  )
  expect(histories).toBeGreaterThanOrEqual(RUNS)
  // Every end of every write was met often, or the histories prove nothing of it.
  const ends = [
    'create done',
    'create lost',
    ...['create', 'rename', 'revoke'].flatMap((what) => [`${what} not-done`, `${what} unknown`]),
  ]
  expect(ends.filter((end) => (seen.get(end) ?? 0) < RUNS / 100)).toEqual([])
})

/** One history, from the same beginning; answers what the pages said of each write. */
async function live(pages: readonly [Page, Page], steps: readonly Step[], gates: Gates): Promise<Write[]> {
  const server = new Server()
  server.add('a', 'b', 'c')
  vi.stubGlobal('fetch', server.serve)
  for (const { queryClient, tokens, account } of pages) {
    queryClient.clear()
    await queryClient.fetchQuery(tokens.tokensQuery(account))
  }
  server.gates = gates
  server.beforeAnswer = () => gates.pass()
  const running = Promise.all(steps.map((one, index) => act(pages[one.person], server, one, `new${index}`)))
  // Also what the server still does after everybody has heard of it.
  await gates.openAll(running)
  const writes = (await running).filter((write) => write !== null)

  expect(liesIn(server, writes)).toEqual([])
  server.beforeAnswer = async () => {}
  server.faults.clear()
  server.dawdles.length = 0
  for (const { queryClient, tokens, account } of pages) {
    const list = await queryClient.fetchQuery({ ...tokens.tokensQuery(account), staleTime: 0 })
    expect(names(list.tokens)).toEqual([...server.rows.keys()].toSorted())
    expect(
      JSON.stringify(
        queryClient
          .getQueryCache()
          .getAll()
          .map(({ state }) => state.data),
      ),
    ).not.toContain(SECRET)
  }
  return writes
}

const names = (tokens: readonly { name: string }[]) => tokens.map(({ name }) => name).toSorted()

/** One person does one thing, going by what their page shows. */
async function act(page: Page, server: Server, { what, pick, fault }: Step, newName: string): Promise<Write | null> {
  const { queryClient, tokens, create, account } = page
  const { queryKey } = tokens.tokensQuery(account)
  const shown = queryClient.getQueryData(queryKey)?.tokens ?? []
  const name = shown[pick % shown.length]?.name ?? 'a'
  if (fault === 'done-later') server.dawdles.push(functions[what])
  else if (fault !== null) server.faults.set(functions[what], [...(server.faults.get(functions[what]) ?? []), fault])

  switch (what) {
    case 'read':
      await queryClient.fetchQuery({ ...tokens.tokensQuery(account), staleTime: 0, retry: false }).catch(() => null)
      return null
    case 'create': {
      const request = { token: { name: newName, expiry: { kind: 'never' }, access: 'full' }, replace: false } as const
      const said = await saidOf(() => create.createOrSettle(account, request))
      return { what, name: newName, newName: '', said }
    }
    case 'rename': {
      const { mutationFn, onSettled } = tokens.renameMutation(account)
      return { what, name, newName, said: await saidOf(() => settled(mutationFn({ name, newName }), onSettled)) }
    }
    case 'revoke': {
      const { mutationFn, onSettled } = tokens.revokeMutation(account)
      return { what, name, newName: '', said: await saidOf(() => settled(mutationFn(name), onSettled)) }
    }
  }
}

/** As the mutation cache does it. */
async function settled<Result>(
  work: Promise<Result>,
  onSettled: (result: Result | undefined) => void,
): Promise<Result> {
  const result = await work.catch(() => undefined)
  onSettled(result)
  return work
}

async function saidOf(work: () => Promise<unknown>): Promise<Said> {
  try {
    const result = await work()
    return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'lost' ? 'lost' : 'done'
  } catch (thrown) {
    if (!(thrown instanceof Error && 'isUnresolved' in thrown && 'kind' in thrown)) throw thrown
    if (thrown.isUnresolved) return 'unknown'
    return thrown.kind === 'unchanged' ? 'upset' : 'not-done'
  }
}
