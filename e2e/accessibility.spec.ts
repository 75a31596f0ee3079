import { AxeBuilder } from '@axe-core/playwright'
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
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on any screen of ${whose} when the system is ${colorScheme}, and no screen breaks the CSP`, async ({
      page,
      house,
      allowConsole,
    }) => {
      test.setTimeout(90_000)
      allowConsole(httpFailure)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const violations: string[] = []
      await page.exposeFunction('reportCsp', (what: string) => violations.push(what))
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const report: unknown = Reflect.get(window, 'reportCsp')
          if (typeof report === 'function') report(`${event.violatedDirective} ${event.blockedURI}`)
        })
      })
      const seen: string[] = []
      await walk(page, house, colorScheme, async (screen) => {
        const { violations: found } = await new AxeBuilder({ page }).analyze()
        expect.soft(found.map(({ id, nodes }) => `${screen}: ${id} ${nodes[0]?.html}`)).toEqual([])
        seen.push(screen)
      })
      expect(seen).toHaveLength(count)
      expect(violations).toEqual([])
    })
  }

  for (const width of [320, 375, 3840]) {
    test(`no screen of ${whose} scrolls sideways at ${width} px, and what one presses is at least 24 px`, async ({
      page,
      house,
      allowConsole,
    }) => {
      allowConsole(httpFailure)
      await page.setViewportSize({ width, height: 900 })
      await walk(page, house, String(width), async (screen) => {
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect.soft(overflow, screen).toBeLessThanOrEqual(0)
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('button, td a, td label')]
            .filter((element) => element.checkVisibility())
            .map((element) => ({ name: element.textContent, box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
            .map(({ name }) => name),
        )
        expect.soft(small, screen).toEqual([])
      })
    })
  }
}
