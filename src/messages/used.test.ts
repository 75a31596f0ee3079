import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { english } from './en/all'

const src = join(import.meta.dirname, '..')

/** Whole families are chosen at run time: `error.KIND`, `error.KIND.todo`, `demo.kind.KIND` and so on. */
const families = [
  /^error\.[a-z_]+(?:\.todo)?$/,
  /^demo\.kind\./,
  /^connections\.(?:cpanel|whm|health\.[a-z-]+)$/,
  /^filter\.(?:state|review)\.[a-z0-9]+$/,
  /^timeline\.(?:expired|never)$/,
  /^trouble\.(?:list-accts|cpanel-api|manage-api-tokens)(?:Text)?$/,
  /^whm\.preset\.(?:read-only|billing|dns|provisioning|account-tokens)$/,
  /^unfinished\.(?:create-many|revoke-many|brokenOff\.[a-z-]+|create|revoke|rename|save|done|exists|taken|gone|compare|(?:open|not-done)\.[a-z]+)$/,
  /^whm\.danger\.(?:root|passwords|sessions|tokens)$/,
]

test('the catalogue holds no message that nothing shows', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.startsWith('messages') && !file.endsWith('.test.ts'),
  )
  const code = files.map((file) => readFileSync(join(src, file), 'utf8')).join('\n')
  const unused = Object.keys(english).filter(
    (key) => !code.includes(`'${key}'`) && !families.some((family) => family.test(key)),
  )
  expect(unused).toEqual([])
})
