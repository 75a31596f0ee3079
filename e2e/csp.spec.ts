import { expect, httpFailure, test, type Page } from './fixtures'
import { openHouse } from './house'
import { addLogin, openAllTokens, testWithServers } from './servers'

// That no screen breaks the CSP is not shown here: a violation fails any browser test (fixtures.ts), and
// accessibility.spec.ts walks all screens. Here is shown that the browser would report one.

const noElement = 'require-trusted-types-for trusted-types-sink'

/** Ways to run code for somebody who got something into the page. What runs leaves a mark. */
const codeByWay: Record<string, { violates: string; attack: () => unknown }> = {
  'a script element': {
    violates: noElement,
    attack: () => {
      const script = document.createElement('script')
      script.append('document.documentElement.dataset.mark = "ran"')
      document.body.append(script)
    },
  },
  'a script of data': {
    violates: noElement,
    attack: () => {
      const script = document.createElement('script')
      script.src = 'data:text/javascript,document.documentElement.dataset.mark = "ran"'
      document.body.append(script)
    },
  },
  'a module of data': {
    violates: 'script-src-elem data',
    attack: () => {
      const module: string = 'data:text/javascript,document.documentElement.dataset.mark = "ran"'
      return import(module)
    },
  },
  'markup with a handler': {
    violates: noElement,
    attack: () => {
      document.body.innerHTML = '<img src="x" onerror="document.documentElement.dataset.mark = `ran`" />'
    },
  },
  'an attribute with a handler': {
    violates: noElement,
    attack: () => {
      document.body.setAttribute('onclick', 'document.documentElement.dataset.mark = "ran"')
      document.body.click()
    },
  },
  'a link to javascript:': {
    violates: 'script-src-elem inline',
    attack: () => {
      const link = document.createElement('a')
      link.href = 'javascript:void(document.documentElement.dataset.mark = "ran")'
      link.click()
    },
  },
  // Later, since a debugger, which is what runs this, may call eval in spite of a CSP.
  eval: {
    violates: noElement,
    // oxlint-disable-next-line no-eval -- that is the attack
    attack: () => setTimeout(() => eval('document.documentElement.dataset.mark = "ran"')),
  },
  'a Worker of its own': {
    violates: noElement,
    attack: () => {
      const worker = new Worker(URL.createObjectURL(new Blob(['postMessage("ran")'])))
      worker.addEventListener('message', () => (document.documentElement.dataset['mark'] = 'ran'))
    },
  },
}

/** Ways to bring something to or from elsewhere, or to change what a page shows or means. */
const othersByWay: Record<string, { violates: string; attack: () => unknown }> = {
  'a call': { violates: 'connect-src https://elsewhere.example/', attack: () => fetch('https://elsewhere.example/') },
  'a picture': {
    violates: 'img-src https://elsewhere.example/?x',
    attack: () => {
      new Image().src = 'https://elsewhere.example/?x'
    },
  },
  'a form': {
    violates: 'form-action https://elsewhere.example/',
    attack: () => {
      const form = document.createElement('form')
      form.action = 'https://elsewhere.example/'
      form.method = 'post'
      document.body.append(form)
      form.submit()
    },
  },
  'a frame': {
    violates: 'frame-src https://elsewhere.example',
    attack: () => {
      const frame = document.createElement('iframe')
      frame.src = 'https://elsewhere.example'
      document.body.append(frame)
    },
  },
  'another base for links': {
    violates: 'base-uri https://elsewhere.example/',
    attack: () => {
      const base = document.createElement('base')
      base.href = 'https://elsewhere.example/'
      document.head.append(base)
    },
  },
  'a style': {
    violates: 'style-src-attr inline',
    attack: () => document.body.setAttribute('style', 'display: none'),
  },
  'a policy for scripts': {
    violates: 'trusted-types trusted-types-policy',
    attack: () => window.trustedTypes?.createPolicy('default', { createScriptURL: () => '/x.js' }),
  },
}

/** Most attacks also fail with an error, which is not what is looked at. */
async function run(page: Page, attack: () => unknown): Promise<void> {
  await page.evaluate(attack).catch(() => {})
}

test('code that got into the page does not run, by no way by which it does where no CSP forbids it', async ({
  page,
  cspViolations,
  allowConsole,
}) => {
  allowConsole(/Content Security Policy|require.* 'Trusted/)
  for (const [way, { attack }] of Object.entries(codeByWay)) {
    await page.goto('about:blank')
    await run(page, attack)
    await expect(page.locator('html'), way).toHaveAttribute('data-mark', 'ran')
  }
  await page.goto('/sign-in')
  await page.getByLabel('Username').waitFor()
  for (const [way, { violates, attack }] of Object.entries(codeByWay)) {
    await run(page, attack)
    await expect.poll(() => cspViolations.splice(0), way).toEqual([violates])
  }
  await expect(page.locator('html')).not.toHaveAttribute('data-mark')
  await expect(page.getByLabel('Username')).toBeVisible()
})

test('nothing is brought to or from another site, and neither styles nor links are bent', async ({
  page,
  cspViolations,
  allowConsole,
}) => {
  allowConsole(/Content Security Policy/i)
  await page.goto('/sign-in')
  await page.getByLabel('Username').waitFor()
  for (const [way, { violates, attack }] of Object.entries(othersByWay)) {
    await run(page, attack)
    await expect.poll(() => cspViolations.splice(0), way).toEqual([violates])
  }
  // Not by a locator: that would wait for where the form was to go.
  expect(await page.evaluate(() => window.location.pathname)).toBe('/sign-in')
})

testWithServers()(
  'the one policy for scripts is taken, and the Worker that it starts obeys the CSP as well',
  async ({ page, servers, cspViolations, allowConsole }) => {
    allowConsole(/Content Security Policy/i)
    await addLogin(page, { server: 'North', kind: 'WHM', username: 'resell' })
    await openAllTokens(page)
    await page
      .evaluate(() => {
        window.trustedTypes?.createPolicy('keyring-worker', { createScriptURL: () => '/x.js' })
      })
      .catch(() => {})
    await expect.poll(() => cspViolations.splice(0)).toEqual(['trusted-types trusted-types-policy'])

    const [worker, ...others] = page.workers()
    expect(others).toEqual([])
    expect(worker?.url()).toMatch(new RegExp(`^${servers.url}/assets/viewWorker-`))
    await worker?.evaluate(() => void fetch('https://elsewhere.example/').catch(() => {}))
    await expect.poll(() => cspViolations.splice(0)).toEqual(['connect-src https://elsewhere.example/'])
  },
)

test('the page that says why a page can’t be shown breaks no CSP either', async ({ page, allowConsole }) => {
  allowConsole(httpFailure)
  const house = await openHouse()
  await page.goto(`${house.url}/nowhere`)
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await house.close()
  await page.getByRole('main').getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'This page could not be loaded' })).toBeVisible()
})
