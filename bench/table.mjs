/** How the table feels with a hundred thousand tokens on a slow machine, beside the plainest way to write it. */
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { heapOf, watchWorkers } from './heap.mjs'
import { median, openPage, signInAsRoot, startServers } from './programs.mjs'

/** Every thirteenth made-up account has no API tokens, so these give 100,000 tokens and a few. */
const ACCOUNTS = 10_900
const SLOWED = 4
/** Every key of these changes what is found; all domains of the demo end in “example”. */
const QUERIES = ['de', 'ba', 'fj', 'ci', 'wo', 'ni', 'st', 'gi', 'bi', 'cr', 'ho', 'gr', 'ju', 'ke', 'of']

export async function benchTable() {
  const { url } = await startServers({ DEMO_ACCOUNTS: String(ACCOUNTS), DEMO_TOKENS_PER_ACCOUNT: '10' })
  const page = await openPage()
  const workers = await watchWorkers(page)
  await signInAsRoot(page, url)
  await page.goto(`${url}/tokens`)
  await page.getByText(/accounts asked\. As of/).waitFor({ timeout: 300_000 })
  await page.waitForFunction(
    () => Number(/([\d,]+) tokens in/.exec(document.body.innerText)?.[1].replaceAll(',', '')) >= 100_000,
  )
  const prepared = await page.evaluate(() => performance.now())
  const worked = await page.evaluate(() => window.worked)
  const total = await page.evaluate(() =>
    Number(/([\d,]+) tokens in/.exec(document.body.innerText)?.[1].replaceAll(',', '')),
  )

  const ours = await measure(page, ['Token', 'Created', 'Expires', 'Domain'])
  ours.blank = await countBlankFrames(page)
  const heap = (await heapOf(page)) + (await workers.heap())

  const plainUrl = await servePlain()
  const plainPage = await openPage()
  await plainPage.goto(`${plainUrl}?rows=${total}`)
  const plain = await measure(plainPage, ['name', 'created', 'expires', 'account'])
  plain.blank = await countBlankFrames(plainPage)
  const plainHeap = await heapOf(plainPage)

  return [
    { what: `until all ${total} tokens were there (not slowed)`, value: prepared, unit: 'ms' },
    { what: 'of that the Worker took rows in', value: worked['keyring-patches'], unit: 'ms' },
    { what: 'and the Worker made views while they came', value: worked['keyring-view'], unit: 'ms' },
    { what: 'a key echoed, median', value: median(ours.echoes), unit: 'ms', limit: 50, plain: median(plain.echoes) },
    {
      what: 'its result painted, the Worker slowed as well, median',
      value: median(ours.results),
      unit: 'ms',
      limit: 140,
      plain: median(plain.results),
    },
    { what: 'of that the Worker’s own time, not slowed, median', value: median(ours.computed), unit: 'ms' },
    { what: 'the first sort blocks the page', value: ours.blocks[0], unit: 'ms', limit: 100, plain: plain.blocks[0] },
    {
      what: 'any sort blocks the page, at most',
      value: Math.max(...ours.blocks),
      unit: 'ms',
      limit: 100,
      plain: Math.max(...plain.blocks),
    },
    {
      what: 'until the first sort is painted, the Worker slowed as well',
      value: ours.sorts[0],
      unit: 'ms',
      plain: plain.sorts[0],
    },
    {
      what: 'until a later sort is painted, median',
      value: median(ours.sorts),
      unit: 'ms',
      plain: median(plain.sorts),
    },
    { what: 'frames with blank rows, of 300 scrolled', value: ours.blank, unit: '', limit: 0, plain: plain.blank },
    { what: 'heap, with the Worker’s', value: heap, unit: 'MB', limit: 60, plain: plainHeap },
  ]
}

/** Types and sorts on a slowed page; times are in milliseconds. */
async function measure(page, columns) {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  await page.evaluate(watchInput)
  const [echoes, results, computed, blocks, sorts] = [[], [], [], [], []]
  const box = page.getByRole('searchbox')
  await box.focus()
  for (const query of QUERIES) {
    for (const key of query) {
      const { echo, result, computed: worker } = await timed(page, () => page.keyboard.press(key))
      echoes.push(echo)
      results.push(result)
      computed.push(worker)
    }
    await timed(page, () => box.fill(''))
  }
  for (const name of columns) {
    await page.evaluate(() => (window.longTasks.length = 0))
    const { result } = await timed(page, () => page.getByRole('button', { name, exact: true }).click())
    await page.waitForTimeout(300)
    blocks.push(await page.evaluate(() => Math.max(0, ...window.longTasks.map(({ duration }) => duration))))
    sorts.push(result)
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return { echoes, results, computed, blocks, sorts }
}

/** Does something and answers how long until it was echoed, and until what it changes was painted. */
async function timed(page, act) {
  await page.evaluate(() => window.bench.arm())
  await act()
  return page.evaluate(() => window.bench.done())
}

/**
 * In the page: from the event on, until the frame after it, and until the frame after the table changed. What the Worker
 * computed counts as many times as the page is slowed, since slowing a page leaves its Workers alone.
 */
function watchInput() {
  const afterPaint = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => resolve(performance.now())
        channel.port2.postMessage(null)
      }),
    )
  let computed = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntriesByName('keyring-view')) computed += duration
  }).observe({ type: 'measure' })
  window.bench = {
    arm() {
      let start
      computed = 0
      const began = new Promise((resolve) => {
        for (const type of ['keydown', 'click', 'input'])
          addEventListener(
            type,
            ({ timeStamp }) => {
              start ??= timeStamp
              resolve()
            },
            { capture: true, once: true },
          )
      })
      const echo = began.then(afterPaint)
      const result = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          void afterPaint().then(resolve)
        })
        const table = document.querySelector('table[aria-rowcount] tbody') ?? document.querySelector('tbody')
        const what = {
          childList: true,
          subtree: true,
          characterData: true,
          attributes: true,
          attributeFilter: ['aria-rowcount'],
        }
        void began.then(() => {
          observer.observe(table, what)
          for (const status of document.querySelectorAll('p[role=status]')) observer.observe(status, what)
        })
      })
      const tooLong = new Promise((_resolve, reject) => setTimeout(() => reject(new Error('Nothing changed.')), 20_000))
      this.done = async () => {
        const [echoed, painted] = [await echo, await Promise.race([result, tooLong])]
        // Observers hear of a measure a moment later.
        await new Promise((resolve) => setTimeout(resolve, 50))
        return { computed, echo: echoed - start, result: painted - start + computed * (SLOWED_IN_PAGE - 1) }
      }
    },
  }
  const SLOWED_IN_PAGE = 4
}

/** Scrolls a good part of a screen with each frame and counts the frames in which rows are missing when it is painted. */
async function countBlankFrames(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  const blank = await page.evaluate(async () => {
    window.scrollTo(0, 0)
    let blank = 0
    for (let frame = 0; frame < 300; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      window.scrollBy(0, 400)
      const rows = [...document.querySelectorAll('tbody tr:is([data-index], #space tr)')].map((row) =>
        row.getBoundingClientRect(),
      )
      const [top, bottom] = [Math.min(...rows.map((row) => row.top)), Math.max(...rows.map((row) => row.bottom))]
      const from = Math.max(
        0,
        (
          document.querySelector('table[aria-rowcount] tbody') ?? document.querySelector('tbody')
        ).getBoundingClientRect().top,
      )
      if (rows.length === 0 || bottom < innerHeight || top > Math.max(from, 60)) blank += 1
    }
    return blank
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return blank
}

async function servePlain() {
  const page = readFileSync(new URL('plain.html', import.meta.url))
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return `http://127.0.0.1:${server.address().port}/`
}
