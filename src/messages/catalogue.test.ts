import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { activeLocale, t, type MessageArguments, type MessageKey } from './catalogue'
import { english } from './en/all'
import './across'
import './reminders'
import './rotation'
import './servers'
import './testToken'
import './unfinished'

const messages = Object.entries(english)

/** The values a message takes, as its compiled form names them: `["Hello ", ["name"]]`. */
function placeholders(compiled: unknown): string[] {
  if (!Array.isArray(compiled)) return []
  return compiled.flatMap((part: unknown) => {
    if (!Array.isArray(part)) return []
    const [name, , branches]: unknown[] = part
    const inside = typeof branches === 'object' && branches !== null ? Object.values(branches) : []
    return [...(typeof name === 'string' ? [name] : []), ...inside.flatMap(placeholders)]
  })
}

describe('the catalogue', () => {
  test.each(messages)('%s compiles, and says each of its values', (key, text) => {
    const compiled = compileMessage(text)
    const names = new Set(placeholders(compiled))
    expect(text.includes('{')).toBe(names.size > 0)
    // Called as pages do it, only that the key is not known when this is compiled.
    const shown: string = Reflect.apply(t, null, [key, Object.fromEntries([...names].map((name) => [name, 7]))])
    expect(shown).not.toBe(key)
    expect(shown).not.toMatch(/[{}]|undefined|^\s|\s$|^$/)
    expect(names.size === 0 || shown.includes('7') || /plural/.test(text)).toBe(true)
  })

  test('has straight dashes and round quotation marks, as the rest of it', () => {
    expect(messages.filter(([, text]) => /"|'|--|\.\.\./.test(text)).map(([key]) => key)).toEqual([])
  })

  test('is English', () => {
    expect(activeLocale()).toBe('en')
  })
})

test('counts as a language counts', () => {
  expect(t('list.selected', { count: 1 })).toBe('1 selected')
  expect(t('create.quickDays', { days: 1 })).toBe('1 day')
  expect(t('create.quickDays', { days: 30 })).toBe('30 days')
  expect(t('revokeMany.confirm', { count: 1 })).toBe('Revoke Selected API Token')
  expect(t('revokeMany.confirm', { count: 2 })).toBe('Revoke Selected API Tokens')
})

test('what comes from outside is shown as it is', () => {
  expect(t('revoke.done', { name: '{count, plural} <b>' })).toBe('Revoked {count, plural} <b>.')
})

describe('what does not compile', () => {
  type Value = string | number

  test('a key that does not exist', () => {
    expectTypeOf(t).parameter(0).toEqualTypeOf<MessageKey>()
    expectTypeOf<'list.title'>().toExtend<MessageKey>()
    expectTypeOf<'list.tilte'>().not.toExtend<MessageKey>()
  })

  test('a value too few or too many', () => {
    expectTypeOf<MessageArguments<'list.title'>>().toEqualTypeOf<[]>()
    expectTypeOf<MessageArguments<'rename.done'>>().toEqualTypeOf<[values: { name: Value; newName: Value }]>()
    expectTypeOf<MessageArguments<'list.range'>>().toEqualTypeOf<
      [values: { first: Value; last: Value; total: Value }]
    >()
  })

  test('a plural without its number; the words in its branches are no values', () => {
    expectTypeOf<MessageArguments<'list.selected'>>().toEqualTypeOf<[values: { count: Value }]>()
    expectTypeOf<MessageArguments<'error.too_many_requests.todo'>>().toEqualTypeOf<[values: { seconds: Value }]>()
    expectTypeOf<MessageArguments<'revokeMany.text'>>().toEqualTypeOf<[values: { count: Value }]>()
  })
})
