import { expect, test } from 'vitest'
import { optionsFromEnvironment } from './environment'
import { settle } from './options'
import { defaultQuirks } from './quirks'

test('reads every setting and leaves out what is empty', () => {
  const options = optionsFromEnvironment({
    DEMO_HOST: '0.0.0.0',
    DEMO_CPANEL_PORT: '0',
    DEMO_WHM_PORT: '2087',
    DEMO_SEED: 'abc',
    DEMO_ACCOUNTS: '10000',
    DEMO_TOKENS_PER_ACCOUNT: '7',
    DEMO_LATENCY_MS: '150',
    DEMO_MAX_PARALLEL: '4',
    DEMO_VERSION: '110',
    DEMO_SESSION_IDLE_SECONDS: '60',
    DEMO_SLOW_MS: '',
    DEMO_QUIRKS: 'envelope=wrapped, createEchoes=true,unknownSecretResult=0,tfaMessage=code please',
  })
  expect(options).toEqual({
    host: '0.0.0.0',
    cpanelPort: 0,
    whmPort: 2087,
    seed: 'abc',
    accounts: 10_000,
    tokensPerAccount: 7,
    latencyMs: 150,
    maxParallel: 4,
    version: 110,
    sessionIdleSeconds: 60,
    quirks: { envelope: 'wrapped', createEchoes: true, unknownSecretResult: 0, tfaMessage: 'code please' },
  })
  expect(() => settle(options)).not.toThrow()
})

test.each([
  ['+90m', 90 * 60_000],
  ['-10s', -10_000],
  ['+30d', 30 * 86_400_000],
])('DEMO_CLOCK=%s is an offset', (text, ms) => {
  expect(optionsFromEnvironment({ DEMO_CLOCK: text })).toEqual({ clock: ms })
})

test('DEMO_CLOCK may be a date at which the clock starts', () => {
  const { clock } = optionsFromEnvironment({ DEMO_CLOCK: '2030-01-01T00:00:00Z' })
  expect(Math.abs(Number(clock) + Date.now() - Date.UTC(2030, 0, 1))).toBeLessThan(1000)
})

test.each([
  ['DEMO_VERSION', '79', 'DEMO_VERSION is "79", but must be a whole number from 80 to 138.'],
  ['DEMO_ACCOUNTS', 'many', 'DEMO_ACCOUNTS is "many", but must be a whole number from 0 to 100000.'],
  ['DEMO_MAX_PARALLEL', '0', 'DEMO_MAX_PARALLEL is "0", but must be a whole number of at least 1.'],
  ['DEMO_CLOCK', 'soon', 'DEMO_CLOCK is "soon", but must be a date like'],
  ['DEMO_QUIRKS', 'envelope=round', 'DEMO_QUIRKS (envelope) is "round", but must be ("flat" | "wrapped").'],
  ['DEMO_QUIRKS', 'shape=round', 'DEMO_QUIRKS (shape) is "shape", but must be one of envelope, numbers'],
])('%s=%s is refused', (setting, value, message) => {
  expect(() => optionsFromEnvironment({ [setting]: value })).toThrow(message)
})

test('every quirk can be set', () => {
  const text = Object.entries(defaultQuirks)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(',')
  expect(optionsFromEnvironment({ DEMO_QUIRKS: text }).quirks).toEqual(defaultQuirks)
})
