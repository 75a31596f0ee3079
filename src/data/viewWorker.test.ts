import { beforeEach, expect, test, vi } from 'vitest'

type Rules = { createScriptURL: (url: string) => string }

const started: unknown[] = []

beforeEach(() => {
  started.length = 0
  vi.resetModules()
  vi.stubGlobal('Worker', function (...args: unknown[]) {
    started.push(args)
  })
  return () => vi.unstubAllGlobals()
})

test('a browser without Trusted Types starts the Worker from its plain address', async () => {
  vi.stubGlobal('window', {})
  const { newViewWorker } = await import('./viewWorker')
  newViewWorker()
  expect(started).toEqual([[expect.stringContaining('inventory/viewWorker'), { type: 'module' }]])
})

test('one with them makes the policy once, which vouches for that address alone', async () => {
  const createPolicy = vi.fn<(name: string, rules: Rules) => Rules>((_name, { createScriptURL }) => ({
    createScriptURL: (url) => `trusted ${createScriptURL(url)}`,
  }))
  vi.stubGlobal('window', { trustedTypes: { createPolicy } })
  const { newViewWorker } = await import('./viewWorker')
  newViewWorker()
  newViewWorker()
  const once = [expect.stringMatching(/^trusted \S*inventory\/viewWorker/), { type: 'module' }]
  expect(started).toEqual([once, once])
  expect(createPolicy).toHaveBeenCalledOnce()
  const [, rules] = createPolicy.mock.calls[0] ?? []
  expect(rules?.createScriptURL('https://elsewhere.example/x.js')).toMatch(/^\/\S*inventory\/viewWorker/)
})
