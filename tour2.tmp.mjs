import { chromium } from '@playwright/test'
const base = 'http://127.0.0.1:4390'
const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
const c = await b.newContext()
const p = await c.newPage()
await p.goto(base)
await p.getByRole('button', { name: 'Use alice' }).click()
await p.getByRole('button', { name: 'Log in', exact: true }).click()
await p.getByRole('table').waitFor()
const reqs = []
p.on('request', (r) => reqs.push([Date.now(), r.method(), r.url()]))
const t0 = Date.now()
await p.reload()
await p.getByRole('table').waitFor()
await p.waitForTimeout(500)
for (const [t, m, u] of reqs) console.log(t - t0, m, u)
await b.close()
