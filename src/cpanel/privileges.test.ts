import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PRIVILEGE_FACTS } from './privilegeFacts'
import {
  dangerOf,
  effectivePrivileges,
  presetPrivileges,
  PRESETS,
  privilegeGroups,
  privilegeTitle,
  samePrivileges,
  withPrivileges,
} from './privileges'

const KNOWN = PRIVILEGE_FACTS.flatMap(([, , facts]) => facts.map(([name]) => name))
const OTHERS = KNOWN.filter((name) => name !== 'all')
const DANGEROUS = ['all', 'passwd', 'create-user-session', 'manage-api-tokens']

/** Names as they may come: known ones, those of plugins, and what an object has by itself. */
const anyName = fc.constantFrom(...KNOWN, 'plugin-one', 'software-x', 'constructor', '__proto__', 'toString')
const anyNames = fc.array(anyName, { maxLength: 30 })

/** Every name in these groups, in their order. */
function namesIn(groups: ReturnType<typeof privilegeGroups>): string[] {
  return groups.flatMap(({ privileges }) => privileges.map(({ name }) => name))
}

function sorted(names: Iterable<string>): string[] {
  return [...names].toSorted()
}

describe('what cPanel ships', () => {
  test('is 64 privileges, each named once and titled', () => {
    expect(KNOWN).toHaveLength(64)
    expect(new Set(KNOWN).size).toBe(64)
    for (const [tier, group, facts] of PRIVILEGE_FACTS) {
      expect([tier, group].filter((text) => text.trim() === '' || text !== text.trim())).toEqual([])
      for (const [name, title] of facts) {
        expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
        expect(title).toMatch(/^[A-Z]\S*(?: \S+)*$|^cPanel/)
      }
    }
  })

  test.each([
    ['list-accts', 'List Accounts'],
    ['cpanel-api', 'Perform cPanel API and UAPI functions through the WHM API'],
    ['suspend-acct', 'Suspend/Unsuspend Accounts'],
    ['allow-parkedcreate', 'Create Packages with Parked (Alias) Domains'],
    ['locale-edit', 'Modify & Create Locales'],
    ['all', 'All Features'],
  ])('%s is called “%s”', (name, title) => {
    expect(privilegeTitle(name)).toBe(title)
  })

  test.each(['software-x', '', 'constructor', '__proto__', 'ALL'])(
    '“%s” is not of it: its name is its title',
    (name) => {
      expect(privilegeTitle(name)).toBe(name)
      expect(dangerOf(name)).toBeNull()
    },
  )

  test('four of them make limits worthless, and only those', () => {
    expect(dangerOf('all')).toBe('root')
    expect(dangerOf('passwd')).toBe('passwords')
    expect(dangerOf('create-user-session')).toBe('sessions')
    expect(dangerOf('manage-api-tokens')).toBe('tokens')
    expect(sorted(KNOWN.filter((name) => dangerOf(name) !== null))).toEqual(sorted(DANGEROUS))
  })
})

describe('the groups', () => {
  test('are those of WHM, in its order, without what is not there', () => {
    const groups = privilegeGroups(['quota', 'passwd', 'list-accts', 'kill-acct', 'acct-summary', 'passwd'])
    const of = { tier: 'Standard Privileges', group: 'Account Management' }
    expect(groups.map(({ key }) => key)).toEqual([
      'Basic Privileges/Initial Privileges',
      'Standard Privileges/Account Information',
      'Standard Privileges/Account Management',
      'Super Privileges/Account Management',
    ])
    expect(groups[2]).toEqual({
      key: 'Standard Privileges/Account Management',
      ...of,
      privileges: [
        { name: 'kill-acct', title: 'Terminate Accounts', ...of, danger: null },
        { name: 'passwd', title: 'Change Passwords', ...of, danger: 'passwords' },
      ],
    })
    expect(namesIn(groups)).toEqual(['acct-summary', 'list-accts', 'kill-acct', 'passwd', 'quota'])
  })

  test('with all, every known one is offered, all itself as the last', () => {
    expect(namesIn(privilegeGroups(['all']))).toEqual(KNOWN)
    expect(privilegeGroups(['all']).at(-1)).toMatchObject({ tier: 'Root Access', group: 'Everything' })
  })

  test('what cPanel’s list has not comes last, sorted, by its name', () => {
    const groups = privilegeGroups(['software-x', 'all', 'addon-b', 'software-x'])
    const of = { tier: '', group: '', danger: null }
    expect(namesIn(groups)).toEqual([...KNOWN, 'addon-b', 'software-x'])
    expect(groups.at(-1)).toMatchObject({ tier: '', group: '' })
    expect(groups.at(-1)?.privileges).toEqual([
      { name: 'addon-b', title: 'addon-b', ...of },
      { name: 'software-x', title: 'software-x', ...of },
    ])
  })

  test('of nothing are none', () => {
    expect(privilegeGroups([])).toEqual([])
  })

  test('lose and invent nothing, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(anyNames, (names) => {
        const groups = privilegeGroups(names)
        const expected = names.includes('all') ? [...KNOWN, ...names] : names
        expect(sorted(namesIn(groups))).toEqual(sorted(new Set(expected)))
        expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
        expect(groups.filter(({ privileges }) => privileges.length === 0)).toEqual([])
        expect(privilegeGroups(new Set([...names, ...names].toReversed()))).toEqual(groups)
      }),
    )
  })
})

describe('the privileges of a job', () => {
  test('are those of five', () => {
    expect(PRESETS).toEqual(['read-only', 'billing', 'dns', 'provisioning', 'account-tokens'])
  })

  test.each(PRESETS)('%s: are known, sorted, without doubles, and none is dangerous', (preset) => {
    const privileges = presetPrivileges(preset, ['all'])
    expect(privileges.length).toBeGreaterThan(0)
    expect(privileges).toEqual(sorted(new Set(privileges)))
    expect(privileges.filter((name) => !KNOWN.includes(name) || DANGEROUS.includes(name))).toEqual([])
    expect(presetPrivileges(preset, KNOWN)).toEqual(privileges)
    expect(presetPrivileges(preset, OTHERS.toReversed())).toEqual(privileges)
  })

  test('for reading change nothing', () => {
    const changes = /create|kill|suspend|upgrade|edit|add|passwd|ssl|config|manage|restart|quota|limit|cpanel|allow/
    expect(presetPrivileges('read-only', ['all']).filter((name) => changes.test(name))).toEqual([])
    expect(presetPrivileges('read-only', ['all'])).toContain('list-accts')
  })

  test('for billing open, suspend, change and end an account', () => {
    const needed = ['create-acct', 'suspend-acct', 'upgrade-account', 'kill-acct', 'list-accts', 'list-pkgs']
    expect(presetPrivileges('billing', ['all'])).toEqual(expect.arrayContaining(needed))
  })

  test('for provisioning end none', () => {
    expect(presetPrivileges('provisioning', ['all'])).toEqual(expect.arrayContaining(['create-acct', 'add-pkg']))
    expect(presetPrivileges('provisioning', ['all'])).not.toContain('kill-acct')
  })

  test('for DNS touch zones', () => {
    const zones = ['create-dns', 'edit-dns', 'edit-mx', 'kill-dns', 'park-dns', 'manage-dns-records']
    expect(presetPrivileges('dns', ['all'])).toEqual(expect.arrayContaining(zones))
  })

  test('for the tokens of accounts are what this product needs', () => {
    const needed = ['acct-summary', 'basic-whm-functions', 'cpanel-api', 'list-accts']
    expect(presetPrivileges('account-tokens', ['all'])).toEqual(needed)
  })

  test('are no more than somebody holds', () => {
    expect(presetPrivileges('account-tokens', ['passwd', 'list-accts', 'software-x'])).toEqual(['list-accts'])
    expect(PRESETS.flatMap((preset) => presetPrivileges(preset, ['software-x', 'passwd']))).toEqual([])
    expect(PRESETS.flatMap((preset) => presetPrivileges(preset, []))).toEqual([])
  })
})

describe('a choice', () => {
  const offered = ['all', 'list-accts', 'passwd', 'quota', 'software-x']

  /** What is chosen, sorted. */
  const after = (selected: string[], names: string[], isWanted: boolean) =>
    sorted(withPrivileges(new Set(selected), offered, names, isWanted))

  test('grants what is ticked, and with all everything on offer', () => {
    expect(sorted(effectivePrivileges(new Set(['quota']), offered))).toEqual(['quota'])
    expect(sorted(effectivePrivileges(new Set(['all']), offered))).toEqual(offered)
    expect(sorted(effectivePrivileges(new Set(['all', 'kept']), ['quota']))).toEqual(['all', 'kept', 'quota'])
    expect(sorted(effectivePrivileges(new Set(), offered))).toEqual([])
  })

  test.each([
    ['ticking one adds it', ['quota'], ['list-accts'], true, ['list-accts', 'quota']],
    ['ticking one that is ticked changes nothing', ['quota'], ['quota'], true, ['quota']],
    ['ticking a group adds the group', ['quota'], ['passwd', 'list-accts'], true, ['list-accts', 'passwd', 'quota']],
    ['ticking all keeps what was ticked', ['quota'], ['all'], true, ['all', 'quota']],
    ['unticking one takes it off', ['list-accts', 'quota'], ['quota'], false, ['list-accts']],
    ['unticking one that is off changes nothing', ['quota'], ['passwd'], false, ['quota']],
    ['unticking all leaves what was ticked besides', ['all', 'quota'], ['all'], false, ['quota']],
    ['unticking all where nothing else was ticked leaves nothing', ['all'], ['all'], false, []],
    ['unticking one under all keeps the rest on', ['all'], ['passwd'], false, ['list-accts', 'quota', 'software-x']],
    ['unticking two under all keeps the rest on', ['all'], ['passwd', 'quota'], false, ['list-accts', 'software-x']],
    [
      'what was ticked and is not on offer stays',
      ['all', 'x'],
      ['passwd', 'quota', 'list-accts'],
      false,
      ['software-x', 'x'],
    ],
    ['unticking everything leaves nothing', ['all', 'quota'], offered, false, []],
    ['unticking nothing changes nothing', ['all', 'quota'], [], false, ['all', 'quota']],
  ])('%s', (_sentence, selected, names, isWanted, expected) => {
    expect(after(selected, names, isWanted)).toEqual(expected)
  })

  test('is what was asked for, and the set before it is left alone', () => {
    fc.assert(
      fc.property(anyNames, anyNames, anyNames, fc.boolean(), (selected, offered, names, isWanted) => {
        const before = new Set(selected)
        const chosen = withPrivileges(before, offered, names, isWanted)
        expect([...before]).toEqual([...new Set(selected)])
        expect(names.filter((name) => chosen.has(name) !== isWanted)).toEqual([])
        // What was on and is not meant stays on, but for `all` where something that it includes goes off.
        const kept = selected.filter((name) => isWanted || !names.includes(name))
        const mayGo = !isWanted && names.length > 0 ? ['all'] : []
        expect(kept.filter((name) => !chosen.has(name) && !mayGo.includes(name))).toEqual([])
        expect(mayGo.filter((name) => chosen.has(name))).toEqual([])
        const known = new Set([...selected, ...names, ...(before.has('all') ? offered : [])])
        expect([...chosen].filter((name) => !known.has(name))).toEqual([])
      }),
    )
  })

  test.each([
    ['order and doubles don’t matter', ['a', 'b', 'a'], ['b', 'a'], true],
    ['one more is another', ['a', 'b'], ['a'], false],
    ['one less is another', ['a'], ['a', 'b'], false],
    ['as many others are others', ['a', 'b'], ['a', 'c'], false],
    ['nothing is nothing', [], [], true],
    ['with all in both the rest says nothing', ['all', 'a'], ['b', 'all'], true],
    ['all is not the list of everything', ['all'], OTHERS, false],
    ['all in one is not the same without it', ['a', 'all'], ['a'], false],
  ])('compared: %s', (_sentence, one, other, isSame) => {
    expect(samePrivileges(one, other)).toBe(isSame)
    expect(samePrivileges(new Set(other), new Set(one))).toBe(isSame)
  })
})
