/** Whether packing several accounts into one WHM batch would pay: the demo works on its commands one after another. */
import { startServers } from './programs.mjs'

const ACCOUNTS = 160
const LATENCY_MS = 80
const PARALLEL = 8

export async function benchBatch() {
  const { url } = await startServers({
    DEMO_ACCOUNTS: String(ACCOUNTS),
    DEMO_TOKENS_PER_ACCOUNT: '10',
    DEMO_LATENCY_MS: String(LATENCY_MS),
    DEMO_MAX_PARALLEL: String(PARALLEL),
  })
  const keyring = await signIn(url)
  const listed = await (await keyring('json-api/listaccts', { want: 'user' })).json()
  const accounts = listed.data.acct.map(({ user }) => user)
  const ideal = (accounts.length * LATENCY_MS) / PARALLEL

  const figures = []
  const start = performance.now()
  await (await keyring('tokens', { accounts })).text()
  figures.push({
    what: `${accounts.length} accounts, fan-out`,
    value: (performance.now() - start) / ideal,
    unit: 'of ideal',
  })
  for (const size of [5, 20]) {
    const begin = performance.now()
    const queue = [...accounts]
    const worker = async () => {
      while (queue.length > 0) {
        const command = queue
          .splice(0, size)
          .map((user) => `uapi_cpanel?cpanel.user=${user}&cpanel.module=Tokens&cpanel.function=list`)
        await (await keyring('json-api/batch', { command })).text()
      }
    }
    await Promise.all(Array.from({ length: PARALLEL }, worker))
    figures.push({
      what: `the same in batches of ${size}`,
      value: (performance.now() - begin) / ideal,
      unit: 'of ideal',
    })
  }
  return figures
}

/** Signs in without a browser; answers what calls a route of the connection. */
async function signIn(url) {
  const answer = await fetch(`${url}/api/connections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ server: 'main', kind: 'whm', username: 'root', password: 'demo-password-1' }),
  })
  const cookie = answer.headers.get('set-cookie').split(';')[0]
  const { id } = await answer.json()
  return (route, body) =>
    fetch(`${url}/api/connections/${id}/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
}
