// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from './data/queryClient'
import { router } from './routes'

let answer: () => Response
beforeEach(() => {
  vi.stubGlobal('fetch', async () => answer())
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
