import { beforeEach, describe, expect, test } from 'vitest'
import { loading } from './loadAllTokens'
import { fakeProxyForEach, load, loadEnded, soon, type FakeProxy } from './manyAccounts.testing'

const fake = fakeProxyForEach()
let proxy: FakeProxy
beforeEach(() => {
  proxy = fake.current
})

const many = Array.from({ length: 30 }, (_user, index) => `u${index}`)
const isOf = (user: string) => (account: number) => account === proxy.numberOf(user)

describe('accounts that somebody looks at', () => {
  test('are asked first', async () => {
    proxy.openWhm('root', 'bob', 'carol', 'erin')
    loading.prioritize(isOf('erin'))
    await load()
    expect(proxy.calls).toEqual(['whm.root tokens erin bob carol'])
  })

  test('and are far behind come before the others in a new request; what came is not asked again', async () => {
    proxy.holdsStreams = true
    proxy.openWhm('root', 'bob', ...many, 'erin')
    loading.start()
    const stream = await proxy.stream(1)
    stream.say(await proxy.line('bob'))
    await soon(() => expect(proxy.shown('bob')).toBeDefined())
    loading.prioritize(isOf('erin'))
    const second = await proxy.stream(2)
    expect(stream.isAborted).toBe(true)
    expect(second.users).toEqual(['erin', ...many])
  })

  test('come first also where the first of all is one of them', async () => {
    proxy.holdsStreams = true
    proxy.openWhm('root', 'bob', ...many, 'erin')
    loading.start()
    const stream = await proxy.stream(1)
    loading.prioritize((account) => isOf('bob')(account) || isOf('erin')(account))
    expect((await proxy.stream(2)).users).toEqual(['bob', 'erin', ...many])
    expect(stream.isAborted).toBe(true)
  })

  test('and stand before all others already need no new request', async () => {
    proxy.holdsStreams = true
    proxy.openWhm('root', ...many)
    loading.start()
    const stream = await proxy.stream(1)
    const last = proxy.numberOf('u20')
    loading.prioritize((account) => account <= last)
    await new Promise((resolve) => setImmediate(resolve))
    expect(stream.isAborted).toBe(false)
    await proxy.sayAll(stream)
    await loadEnded()
    expect(proxy.streams).toHaveLength(1)
  })

  test('and are nearly first, or all that there are, need no new request', async () => {
    proxy.holdsStreams = true
    proxy.openWhm('root', 'bob', ...many)
    loading.start()
    const stream = await proxy.stream(1)
    loading.prioritize(isOf('bob'))
    loading.prioritize(() => true)
    loading.prioritize(() => false)
    await new Promise((resolve) => setImmediate(resolve))
    expect(stream.isAborted).toBe(false)
    await proxy.sayAll(stream)
    await loadEnded()
    expect(proxy.streams).toHaveLength(1)
  })
})
