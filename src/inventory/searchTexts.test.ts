import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareAsPeopleCount } from './plain.testing'
import { facts } from './rows.testing'
import { addSearchTexts, naturalKey, newSearchTexts } from './searchTexts'

function counted(...texts: string[]): string[] {
  return texts.toSorted((one, other) => (naturalKey(one) < naturalKey(other) ? -1 : 1))
}

describe('names in the order people count', () => {
  test('have ci-9 before ci-10 before ci-100', () => {
    expect(counted('ci-100', 'ci-10', 'ci-9')).toEqual(['ci-9', 'ci-10', 'ci-100'])
    expect(counted('v2-10', 'v10-1', 'v2-9')).toEqual(['v2-9', 'v2-10', 'v10-1'])
  })

  test('have the number that stands alone first, then what is longer', () => {
    expect(counted('ci-', 'ci-1a', 'ci-1', 'ci', 'ci-a')).toEqual(['ci', 'ci-', 'ci-1', 'ci-1a', 'ci-a'])
  })

  test.each([
    ['ci-9', 'ci-09'],
    ['ci-0', 'ci-000'],
    ['CI-9', 'ci-9'],
    ['10.0.0.1', '10.00.000.01'],
  ])('have %s and %s at the same place', (one, other) => {
    expect(naturalKey(one)).toBe(naturalKey(other))
  })

  test('put zero before one, whatever leads them', () => {
    expect(counted('a1', 'a00', 'a01b', 'a0b')).toEqual(['a00', 'a0b', 'a1', 'a01b'])
  })

  test('count numbers that no computer counts with', () => {
    const [most, next] = ['9007199254740992', '9007199254740993']
    expect(counted(`a${next}`, `a${most}`, 'a99999999999999999999')).toEqual([
      `a${most}`,
      `a${next}`,
      'a99999999999999999999',
    ])
  })

  test('are as comparing them part by part says', () => {
    const legal = fc.string({ unit: fc.constantFrom(...Array.from('0129aAbZ-_')), maxLength: 12 })
    fc.assert(
      fc.property(legal, legal, (one, other) => {
        const [first, second] = [naturalKey(one), naturalKey(other)]
        expect(first < second ? -1 : Number(first > second)).toBe(Math.sign(compareAsPeopleCount(one, other)))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the texts that are searched', () => {
  test('keep each name once, in lower case, however many tokens and accounts share it', () => {
    const texts = newSearchTexts()
    addSearchTexts(texts, { accounts: [], rows: [0, 1, 2], names: ['Backup', 'ci', 'backup'] })
    addSearchTexts(texts, { accounts: [], rows: [3], names: ['CI'] })
    expect(texts.names).toEqual(['backup', 'ci'])
    expect(texts.nameOf).toEqual([0, 1, 0, 1])
  })

  test('follow a row whose token went and an account that is told anew', () => {
    const texts = newSearchTexts()
    addSearchTexts(texts, { accounts: [[0, facts('Ada')]], rows: [0], names: ['ci'] })
    addSearchTexts(texts, { accounts: [[0, facts('Ada', { domain: 'New.Example' })]], rows: [0], names: [''] })
    expect(texts.accounts).toEqual(['ada\nnew.example'])
    expect(texts.names[texts.nameOf[0] ?? -1]).toBe('')
  })

  test('say with every patch that they changed, so that no old order is kept', () => {
    const texts = newSearchTexts()
    const versions = [1, 2, 3].map(() => {
      addSearchTexts(texts, { accounts: [], rows: [0], names: ['ci'] })
      return texts.version
    })
    expect(new Set([0, ...versions]).size).toBe(4)
  })
})
