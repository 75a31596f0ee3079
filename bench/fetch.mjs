/** How fast all tokens of a thousand accounts arrive, against what the server's own limits allow. */
import { openPage, signInAsRoot, startServers } from './programs.mjs'

const ACCOUNTS = 1000
const LATENCY_MS = 80
const PARALLEL = 8

export async function benchFetch() {
  const { url } = await startServers({
    DEMO_ACCOUNTS: String(ACCOUNTS),
    DEMO_TOKENS_PER_ACCOUNT: '10',
    DEMO_LATENCY_MS: String(LATENCY_MS),
    DEMO_MAX_PARALLEL: String(PARALLEL),
  })
  const page = await openPage()
  await signInAsRoot(page, url)

  await page.goto(`${url}/tokens`)
  await page.waitForFunction(() => document.querySelector('tbody tr[data-index]') !== null, null, { polling: 'raf' })
  const first = await page.evaluate(() => performance.now())
  await page.getByText(/accounts asked\. As of/).waitFor({ timeout: 60_000 })
  const all = await page.evaluate(() => performance.now())
  const asked = await page.evaluate(() =>
    Number(/(\d[\d,]*) accounts asked/.exec(document.body.innerText)?.[1].replace(',', '')),
  )
  const rows = await page.evaluate(() =>
    Number(/(\d[\d,]*) tokens in/.exec(document.body.innerText)?.[1].replace(',', '')),
  )
  const longest = await page.evaluate(() => Math.max(0, ...window.longTasks.map(({ duration }) => duration)))

  const ideal = (asked * LATENCY_MS) / PARALLEL
  return [
    {
      what: `all ${rows} rows of ${asked} accounts, from opening the page`,
      value: all,
      unit: 'ms',
      limit: 1.25 * ideal,
    },
    { what: 'the same against calls x latency / parallelism', value: all / ideal, unit: '', limit: 1.25 },
    { what: 'first rows', value: first, unit: 'ms', limit: 1000 },
    { what: 'longest task meanwhile', value: longest, unit: 'ms', limit: 100 },
  ]
}
