/** What a page and its Workers keep in memory. */
const MB = 1024 * 1024

/** What a page's own objects take, in MB, after throwing away what nobody needs. */
export async function heapOf(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  return sizeOf(await session.send('Runtime.getHeapUsage'))
}

function sizeOf({ usedSize, backingStorageSize = 0 }) {
  return (usedSize + backingStorageSize) / MB
}

/** Talks to the Workers of a page, which have heaps of their own. */
export async function watchWorkers(page) {
  const session = await page.context().newCDPSession(page)
  const ids = new Set()
  const answers = new Map()
  let lastId = 0
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') ids.add(sessionId)
  })
  session.on('Target.detachedFromTarget', ({ sessionId }) => ids.delete(sessionId))
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message)
    answers.get(id)?.(result)
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const ask = async (sessionId, method) => {
    const id = (lastId += 1)
    const answer = new Promise((resolve) => answers.set(id, resolve))
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
    return answer
  }
  return {
    async heap() {
      if (ids.size === 0) throw new Error('There is no Worker to measure.')
      let sum = 0
      for (const id of ids) {
        await ask(id, 'HeapProfiler.collectGarbage')
        sum += sizeOf(await ask(id, 'Runtime.getHeapUsage'))
      }
      return sum
    },
  }
}
