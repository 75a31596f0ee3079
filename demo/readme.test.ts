import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { accountSentinels } from './account-sentinels'
import { mishaps } from './mishap'
import { limits } from './options'
import { defaultQuirks } from './quirks'
import { tokenSentinels } from './token-sentinels'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
const rows = (heading: string) => {
  const section = readme.split('\n## ').find((part) => part.startsWith(heading)) ?? ''
  return [...section.matchAll(/^\| `([^|]+)` \|/gm)].flatMap(([, names = '']) => names.split('`, `')).sort()
}

test('the README has every sentinel, mishap, quirk and setting, and no other', () => {
  expect(rows('Sentinels: account')).toEqual(accountSentinels.map(({ name }) => name).sort())
  expect(rows('Sentinels: token')).toEqual(tokenSentinels.map(({ name }) => name).sort())
  expect(rows('Mishaps')).toEqual(mishaps.toSorted())
  expect(rows('Quirks')).toEqual(Object.keys(defaultQuirks).sort())
  const numbers = limits.map(([name]) => `DEMO_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`)
  expect(rows('As a program')).toEqual([...numbers, 'DEMO_CLOCK', 'DEMO_HOST', 'DEMO_QUIRKS', 'DEMO_SEED'].sort())
})

test('no sentinel is the beginning of another one', () => {
  for (const { name } of tokenSentinels) {
    expect(tokenSentinels.filter((other) => other.name.startsWith(`${name}-`))).toEqual([])
  }
})
