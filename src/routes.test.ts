// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest'
import { connectionsQuery } from './data/connections'
import { queryClient } from './data/queryClient'
import { router } from './routes'

const ROOT = { id: 'main.whm.root', server: 'main', kind: 'whm', username: 'root', hasEnded: false } as const

let answer: () => Response
const fetched = vi.fn<typeof fetch>(async () => answer())
beforeEach(() => {
  vi.stubGlobal('fetch', fetched)
  queryClient.clear()
  return () => vi.unstubAllGlobals()
})

const refusal = (kind: string, status: number) => () =>
  Response.json({ error: { kind, message: 'For logs.' } }, { status })

/** Where somebody ends up who opens an address, and why nothing is shown there, if so. */
async function open(address: string) {
  await router.navigate(address)
  const { location, errors } = router.state
  return { at: location.pathname, errors: Object.values<unknown>(errors ?? {}) }
}

test.each(['/', '/c/main.cpanel.bob/tokens', '/c/main.whm.root/accounts', '/tokens'])(
  'who opens %s while sessions can’t be read is told so there, and not taken for logged out',
  async (address) => {
    answer = refusal('store_unavailable', 503)
    expect(await open(address)).toMatchObject({ at: address, errors: [{ kind: 'store_unavailable' }] })
    answer = () => Response.json([])
    expect(await open(address)).toEqual({ at: '/sign-in', errors: [] })
  },
  15_000,
)

test.each(['accounts', 'whm-tokens', 'accounts/bob/tokens'])(
  'what is searched for on the page %s asks the server nothing anew',
  async (page) => {
    const address = `/c/${ROOT.id}/${page}`
    queryClient.setQueryData(connectionsQuery.queryKey, [ROOT])
    // What failed is not fresh: a page that is opened asks for it, each time.
    answer = refusal('forbidden', 403)
    await router.navigate('/sign-in')
    fetched.mockClear()
    await router.navigate(address)
    await vi.waitFor(() => expect(queryClient.isFetching()).toBe(0))
    expect(fetched).toHaveBeenCalled()
    fetched.mockClear()
    await router.navigate(`${address}?q=deploy`)
    expect(router.state.location.search).toBe('?q=deploy')
    expect(fetched).not.toHaveBeenCalled()
  },
  15_000,
)
