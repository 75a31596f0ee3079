import { expect } from 'vitest'
import type { CpanelError } from './errors'

/** What everything that the client hands over must be, whatever it was made of: pages rely on it without looking. */

/** The end of the year 9999 at UTC-12: no later moment can be shown. */
const LATEST = Date.parse('9999-12-31T23:59:59Z') + 12 * 3_600_000

/**
 * Fails where a result of the client, whichever it is, breaks what its type promises: a list of tokens, a token, a secret,
 * accounts, privileges, a version, or nothing.
 */
export function expectSound(result: unknown): void {
  if (result === undefined || result === null) return
  if (typeof result === 'string') return
  if (Array.isArray(result)) return expectAccounts(result)
  expect(result).toBeTypeOf('object')
  if (has(result, 'secret')) return expect(textOf(result['secret'])).not.toBe('')
  if (has(result, 'tokens')) return expectRows(result)
  if (has(result, 'held')) return expectPrivileges(result)
  expectToken(result)
}

/** The same for a failure: cPanel's words come with its refusals alone, time to wait can be waited, and nothing secret is in it. */
export function expectSoundFailure(failure: CpanelError, secret: string): void {
  expect(failure.reasons.filter((reason) => reason.trim() === '')).toEqual([])
  if (failure.kind !== 'rejected') expect(failure.reasons).toEqual([])
  expect(failure.retryAfterSeconds ?? 0).toSatisfy((seconds) => Number(seconds) >= 0 && Number(seconds) <= 86_400)
  expect(JSON.stringify([failure.message, failure])).not.toContain(secret)
}

function expectRows(result: Record<string, unknown>): void {
  expect(Object.keys(result).toSorted()).toEqual(['knowsReadOnly', 'serverTime', 'tokens', 'unreadable'])
  const tokens = listOf(result['tokens'])
  tokens.forEach(expectToken)
  const names = tokens.map((token) => has(token, 'name') && token['name'])
  expect(new Set(names).size).toBe(names.length)
  expect(result['unreadable']).toSatisfy((count) => Number.isInteger(count) && Number(count) >= 0)
  expect(result['knowsReadOnly']).toBeTypeOf('boolean')
  if (result['serverTime'] !== null) expectDate(result['serverTime'])
}

function expectToken(token: unknown): void {
  if (!has(token, 'name')) throw new Error('no token')
  expect(Object.keys(token).toSorted()).toEqual(['access', 'created', 'expiry', 'name'])
  const name = textOf(token['name'])
  expect(name).not.toBe('')
  // Pages put it into a URL.
  expect(decodeURIComponent(encodeURIComponent(name))).toBe(name)
  if (token['created'] !== null) expectDate(token['created'])
  const expiry = token['expiry']
  if (!has(expiry, 'kind')) throw new Error('no expiry')
  if (expiry['kind'] === 'at') expectDate(expiry['at'])
  else expect(expiry).toEqual({ kind: 'never' })
  expectAccess(token['access'])
}

function expectAccess(access: unknown): void {
  if (!has(access, 'kind')) throw new Error('no access')
  switch (access['kind']) {
    case 'full':
    case 'read-only':
      return expect(Object.keys(access)).toEqual(['kind'])
    case 'limited':
      expect(listOf(access['features']).map(textOf)).not.toEqual([])
      return
    case 'whm':
      for (const part of ['privileges', 'addresses']) {
        const list = listOf(access[part]).map(textOf)
        expect(list).toEqual([...new Set(list)].toSorted())
      }
      return
    default:
      throw new Error('no access that is known')
  }
}

function expectAccounts(accounts: readonly unknown[]): void {
  const users = accounts.map((account) => {
    if (!has(account, 'user')) throw new Error('no account')
    for (const key of ['domain', 'owner', 'plan']) textOf(account[key])
    expect(account['isSuspended']).toBeTypeOf('boolean')
    listOf(account['childNodes']).forEach(textOf)
    return textOf(account['user'])
  })
  expect(new Set(users).size).toBe(users.length)
  // The URL of an account's pages stays below that of the accounts.
  for (const user of users)
    expect(new URL(`/c/${encodeURIComponent(user)}/x`, 'http://a').pathname).toMatch(/^\/c\/[^/]+\/x$/)
}

function expectPrivileges(result: Record<string, unknown>): void {
  const held = listOf(result['held']).map(textOf)
  expect(held).toEqual([...new Set(held)].toSorted())
  for (const key of ['mayListAccounts', 'mayReachAccounts', 'mayManageTokens'])
    expect(result[key]).toBeTypeOf('boolean')
}

function expectDate(value: unknown): void {
  if (!(value instanceof Date)) throw new Error('no date')
  expect(value.getTime()).toBeGreaterThanOrEqual(0)
  expect(value.getTime()).toBeLessThanOrEqual(LATEST)
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`no text but ${typeof value}`)
  return value
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('no list')
  return value
}

function has(value: unknown, key: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
}
