import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fastify } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createServerRegistry, NotKept } from './addedServers'

const main = { id: 'main', name: 'Main', cpanel: 'https://main.example:2083' }
const north = { name: 'North', cpanel: 'https://north.example:2083', whm: 'https://north.example:2087' }
const south = { name: 'South', whm: 'https://south.example:2087', fingerprint256: Array(32).fill('AB').join(':') }

let folder: string
let path: string
let log: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-added-'))
  path = join(folder, 'config', 'servers.json')
  log = []
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A Keyring's registry over the file. */
function open(settings: { canAddServers?: boolean; addedServersFile?: string } = {}) {
  const { log: logger } = fastify({ logger: { stream: { write: (line: string) => log.push(line) } } })
  return createServerRegistry({ servers: [main], canAddServers: true, addedServersFile: path, ...settings }, logger)
}

const modeOf = (file: string) => statSync(file).mode & 0o777
const read = (file = path) => readFileSync(file, 'utf8')

describe('what people add', () => {
  test('stands beside what is configured, and is remembered, with an id made of the host', () => {
    const servers = open()
    const added = servers.add(north)
    expect(added.id).toMatch(/^north-example-[0-9a-f]{8}$/)
    const other = servers.add(south)
    for (const keyring of [servers, open()]) {
      expect(keyring.list()).toEqual([main, added, other])
      expect(keyring.find(added.id)).toEqual({ id: added.id, ...north })
      expect(keyring.find(other.id)).toEqual({ id: other.id, ...south })
      expect([main.id, added.id, 'other'].map(keyring.isAdded)).toEqual([false, true, false])
    }
  })

  test('is in a file that is its owner’s alone, in a folder that is, with nothing left beside it', () => {
    open().add(north)
    expect(modeOf(path)).toBe(0o600)
    expect(modeOf(join(folder, 'config'))).toBe(0o700)
    expect(readdirSync(join(folder, 'config'))).toEqual(['servers.json'])
  })

  test('can be forgotten; what is configured or not there stays as it is', () => {
    const servers = open()
    const { id } = servers.add(north)
    servers.forget('main')
    servers.forget('nowhere')
    expect(servers.list()).toHaveLength(2)
    servers.forget(id)
    expect(servers.list()).toEqual([main])
    expect(open().find(id)).toBeUndefined()
  })

  test('has another id where it leads elsewhere, and the same where it is the same again', () => {
    const servers = open()
    const first = servers.add(north)
    servers.forget(first.id)
    const [again, elsewhere] = [
      servers.add(north),
      servers.add({ name: 'North', cpanel: 'https://north-example:2083' }),
    ]
    expect(again.id).toBe(first.id)
    expect(elsewhere.id).not.toBe(first.id)
    for (const host of ['[2001:db8::7]', `${'long-'.repeat(12)}name.example`]) {
      expect(servers.add({ name: 'x', whm: `https://${host}:2087` }).id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/)
    }
  })

  test('takes the place of what it replaces', () => {
    const servers = open()
    const first = servers.add(north)
    servers.add(south)
    const renewed = servers.add({ ...north, name: 'New', fingerprint256: south.fingerprint256 }, first.id)
    expect(servers.list().map(({ name }) => name)).toEqual(['Main', 'New', 'South'])
    const moved = servers.add({ name: 'Moved', cpanel: north.cpanel }, renewed.id)
    expect(servers.list().map(({ name }) => name)).toEqual(['Main', 'Moved', 'South'])
    expect(servers.find(renewed.id)).toBeUndefined()
    expect(moved.id).not.toBe(renewed.id)
  })

  test('is the same object as long as nothing about it changes, so that its connections can be kept', () => {
    const servers = open()
    const { id } = servers.add(north)
    const before = servers.find(id)
    servers.add(south)
    servers.list()
    expect(servers.find(id)).toBe(before)
    servers.add({ ...north, fingerprint256: south.fingerprint256 }, id)
    expect(servers.find(id)).not.toBe(before)
  })

  test('gives way to a configured server of the same id, and is not lost by that', () => {
    const { id } = open().add(north)
    writeFileSync(path, read().replaceAll(id, 'main'), { mode: 0o600 })
    const servers = open()
    expect(servers.list()).toEqual([main])
    expect(servers.isAdded('main')).toBe(false)
    servers.add(south)
    expect(read()).toContain(north.cpanel)
  })
})

test('two Keyrings on one file don’t lose each other’s servers', () => {
  const [one, other] = [open(), open()]
  const added = [one.add(north), other.add(south)]
  one.forget('nowhere')
  for (const servers of [one, other, open()]) expect(servers.list()).toEqual([main, ...added])
  other.forget(added[0]?.id ?? '')
  expect(one.list()).toEqual([main, added[1]])
})

test('where nobody can add servers, the file is not read', () => {
  open().add(north)
  expect(open({ canAddServers: false }).list()).toEqual([main])
})

test('a link to the file stays one, and what it leads to is changed', () => {
  const target = join(folder, 'elsewhere.json')
  writeFileSync(target, '[]', { mode: 0o600 })
  const link = join(folder, 'link.json')
  symlinkSync(target, link)
  open({ addedServersFile: link }).add(north)
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(read(target)).toContain(north.cpanel)
})

describe('a file that is broken', () => {
  const entry = { id: 'north', ...north }
  test.each([
    ['no JSON', '[{', 'JSON list'],
    ['cut', JSON.stringify([entry]).slice(0, -1), 'JSON list'],
    ['no list', '{}', 'Array'],
    ['an unknown field', JSON.stringify([{ ...entry, pasword: 'x' }]), 'pasword'],
    ['plain http', JSON.stringify([{ ...entry, whm: 'http://north.example:2086' }]), 'use https'],
    ['an id twice', JSON.stringify([entry, entry]), 'there twice'],
  ])(
    '(%s) is said in the log, stops nothing, and is kept aside as it is once something is added',
    (_name, text, why) => {
      open().add(south)
      writeFileSync(path, text)
      const servers = open()
      servers.list()
      expect(servers.list()).toEqual([main])
      expect(read()).toBe(text)
      expect(log).toHaveLength(1)
      expect(log[0]).toContain(why)
      const added = servers.add(north)
      expect(open().list()).toEqual([main, added])
      const aside = readdirSync(join(folder, 'config')).filter((name) => /^servers\.json\.broken-\d{17}$/.test(name))
      expect(aside).toHaveLength(1)
      expect(read(join(folder, 'config', aside[0] ?? ''))).toBe(text)
    },
  )

  test('by somebody’s slip while it runs ends nothing: what was known stays and is written again', () => {
    const servers = open()
    const added = servers.add(north)
    writeFileSync(path, 'oops')
    expect(servers.list()).toEqual([main, added])
    const other = servers.add(south)
    expect(open().list()).toEqual([main, added, other])
  })
})

function isLeftAlone(keyring: ReturnType<typeof open>, why: string): void {
  expect(keyring.list()).toEqual([main])
  expect(log.join('')).toContain(why)
  expect(() => keyring.add(south)).toThrow(NotKept)
  expect(() => keyring.forget('north')).toThrow(NotKept)
  expect(keyring.list()).toEqual([main])
}

describe('a file that can’t be trusted or used', () => {
  const text = JSON.stringify([{ id: 'north', ...north }])

  test.each([0o620, 0o602, 0o666])('since others may write to it (%o) is not read', (mode) => {
    const file = join(folder, 'servers.json')
    writeFileSync(file, text)
    chmodSync(file, mode)
    isLeftAlone(open({ addedServersFile: file }), 'others may write to it')
    expect(read(file)).toBe(text)
    chmodSync(file, 0o644)
    expect(open({ addedServersFile: file }).list()).toHaveLength(2)
  })

  // Only root can give a file away.
  test.runIf(process.getuid?.() === 0)('since it belongs to somebody else is not read', () => {
    const file = join(folder, 'servers.json')
    writeFileSync(file, text, { mode: 0o600 })
    chownSync(file, 65_534, 65_534)
    isLeftAlone(open({ addedServersFile: file }), 'another user')
    expect(read(file)).toBe(text)
  })

  test('since it is a folder, or stands where no folder can be, is said', () => {
    isLeftAlone(open({ addedServersFile: folder }), 'it is no file')
    log.length = 0
    writeFileSync(join(folder, 'file'), '')
    isLeftAlone(open({ addedServersFile: join(folder, 'file', 'servers.json') }), 'ENOTDIR')
    expect(readdirSync(folder)).toEqual(['file'])
  })
})
