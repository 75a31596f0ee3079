import { expectAccessible, expectNoSideways } from './looks'
import { expect, httpFailure, test, type AddedAccount, type House, type Page } from './fixtures'
import { walkResellerScreens } from './resellerScreens'
import { walkScreens } from './screens'
import { walkWhmScreens } from './whmScreens'

type Walk = {
  whose: string
  count: number
  walk: (page: Page, house: House, name: string, visit: (screen: string) => Promise<void>) => Promise<void>
}

const tokens = [{ name: 'old-one' }, { name: 'gone-one', expiresAt: 1_500_000_000 }]
const walks: Walk[] = [
  {
    whose: 'one account',
    count: 17,
    walk: (page, { demo }, name, visit) => {
      const account: AddedAccount = demo.addAccount({ username: `one${name}`, tokens })
      return walkScreens(page, account, visit)
    },
  },
  {
    whose: 'many accounts',
    count: 13,
    walk: (page, house, name, visit) => walkResellerScreens(page, house, `many${name}`, visit),
  },
  {
    whose: 'a WHM user',
    count: 12,
    walk: (page, house, name, visit) => walkWhmScreens(page, house, `whm${name}`, visit),
  },
]

for (const { whose, count, walk } of walks) {
  test(`axe finds nothing on any screen of ${whose}, light or dark`, async ({ page, house, allowConsole }) => {
    test.setTimeout(120_000)
    allowConsole(httpFailure)
    const seen: string[] = []
    await walk(page, house, 'axe', async (screen) => {
      await expectAccessible(page, screen)
      seen.push(screen)
    })
    expect(seen).toHaveLength(count)
  })

  test(`no screen of ${whose} scrolls sideways, from a small phone to 4K, and what one presses is at least 24 px`, async ({
    page,
    house,
    allowConsole,
  }) => {
    test.setTimeout(60_000)
    allowConsole(httpFailure)
    await page.setViewportSize({ width: 375, height: 900 })
    const seen: string[] = []
    await walk(page, house, 'wide', async (screen) => {
      for (const width of [375, 320, 3840]) {
        await expectNoSideways(page, screen, [width])
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('button, td a, td label')]
            .filter((element) => element.checkVisibility())
            .map((element) => ({ name: element.textContent, box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
            .map(({ name }) => name),
        )
        expect.soft(small, `${screen} at ${width}`).toEqual([])
      }
      await page.setViewportSize({ width: 375, height: 900 })
      seen.push(screen)
    })
    expect(seen).toHaveLength(count)
  })
}
