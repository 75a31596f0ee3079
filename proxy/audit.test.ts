import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createAudit, openAudit } from './audit'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A disk that is as slow as the test wants: each write waits until it is let go or made to fail. */
function createDisk() {
  const writes: { text: string; done: () => void; fail: () => void }[] = []
  const keep = (text: string) =>
    new Promise<void>((resolve, reject) => {
      writes.push({ text, done: resolve, fail: () => reject(new Error('ENOSPC')) })
    })
  return { keep, writes, at: (index: number) => vi.waitUntil(() => writes[index]) }
}

describe('lines that come together', () => {
  test('go to the disk together, once the ones before are there', async () => {
    const disk = createDisk()
    const audit = createAudit(disk.keep)
    const first = audit.write(['1\n'])
    await disk.at(0)
    const others = [audit.write(['2\n', '3\n']), audit.write(['4\n'])]
    await setImmediate()
    expect(disk.writes).toHaveLength(1)
    disk.writes[0]?.done()
    await first
    const { text, done } = await disk.at(1)
    expect(text).toBe('2\n3\n4\n')
    done()
    await Promise.all(others)
    expect(disk.writes).toHaveLength(2)
  })

  test('are not said to be there before they are', async () => {
    const disk = createDisk()
    const audit = createAudit(disk.keep)
    const kept: string[] = []
    const all = ['1\n', '2\n'].map(async (line) => {
      await audit.write([line])
      kept.push(line)
    })
    const first = await disk.at(0)
    expect(kept).toEqual([])
    first.done()
    await Promise.all(all)
    expect(kept).toEqual(['1\n', '2\n'])
  })
})

describe('a disk that fails', () => {
  test('is told to all whose lines were on their way, and to nobody else', async () => {
    const disk = createDisk()
    const audit = createAudit(disk.keep)
    const failing = [audit.write(['1\n']), audit.write(['2\n'])]
    ;(await disk.at(0)).fail()
    for (const write of failing) await expect(write).rejects.toThrow('ENOSPC')
    const next = audit.write(['3\n'])
    ;(await disk.at(1)).done()
    await expect(next).resolves.toBeUndefined()
  })

  test('leaves a gap that is marked where lines go on', async () => {
    const disk = createDisk()
    const audit = createAudit(disk.keep)
    for (const [index, lines] of [['1\n', '2\n'], ['3\n']].entries()) {
      const failing = audit.write(lines)
      ;(await disk.at(index)).fail()
      await expect(failing).rejects.toThrow('ENOSPC')
    }
    const next = audit.write(['4\n'])
    const { text, done } = await disk.at(2)
    const [gap = '', line] = text.split(/(?<=\n)/)
    expect(JSON.parse(gap)).toMatchObject({ msg: 'audit', event: 'gap', lines: 3, since: expect.any(String) })
    expect(line).toBe('4\n')
    done()
    await next
    const last = audit.write(['5\n'])
    const after = await disk.at(3)
    expect(after.text).toBe('5\n')
    after.done()
    await last
  })

  test('is not healthy until a line is kept again, which being asked brings about', async () => {
    const disk = createDisk()
    const audit = createAudit(disk.keep)
    expect(audit.isHealthy()).toBe(true)
    const failing = audit.write(['1\n'])
    ;(await disk.at(0)).fail()
    await expect(failing).rejects.toThrow('ENOSPC')

    expect(audit.isHealthy()).toBe(false)
    expect(audit.isHealthy()).toBe(false)
    ;(await disk.at(1)).fail()
    await vi.waitUntil(() => !audit.isHealthy() && disk.writes[2])
    disk.writes[2]?.done()
    await vi.waitUntil(() => audit.isHealthy())
    expect(disk.writes).toHaveLength(3)
    expect(JSON.parse(disk.writes[2]?.text ?? '')).toMatchObject({ event: 'gap', lines: 1 })
  })

  test('is not healthy while it takes ten seconds either', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const disk = createDisk()
    const audit = createAudit(disk.keep)
    const write = audit.write(['1\n'])
    const { done } = await disk.at(0)
    vi.setSystemTime(Date.now() + 9_000)
    expect(audit.isHealthy()).toBe(true)
    vi.setSystemTime(Date.now() + 1_000)
    expect(audit.isHealthy()).toBe(false)
    done()
    await write
    expect(audit.isHealthy()).toBe(true)
  })
})

describe('lines go', () => {
  test('to a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyring-audit-'))
    const path = join(folder, 'audit.log')
    const audit = await openAudit({ kind: 'file', path }, process.stderr)
    expect(readFileSync(path, 'utf8')).toBe('')
    await audit.write(['1\n'])
    expect(readFileSync(path, 'utf8')).toBe('1\n')
    rmSync(folder, { recursive: true })
  })

  test('to no file that can’t be written: the start is stopped', async () => {
    const opening = openAudit({ kind: 'file', path: '/nowhere/audit.log' }, process.stderr)
    await expect(opening).rejects.toThrow(
      'AUDIT_LOG=/nowhere/audit.log: use a file that can be written and read (ENOENT)',
    )
  })

  test('to stdout', async () => {
    const printed: unknown[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
      printed.push(text)
      for (const done of rest) if (typeof done === 'function') done()
      return true
    })
    await (await openAudit({ kind: 'stdout' }, process.stderr)).write(['1\n'])
    expect(printed).toEqual(['1\n'])
  })

  test('where the log goes', async () => {
    const log: string[] = []
    await (await openAudit(null, { write: (line) => log.push(line) })).write(['1\n', '2\n'])
    expect(log).toEqual(['1\n', '2\n'])
  })

  test('to a stream whose reader has gone, which fails and does not end the process', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, callback) => callback(new Error('EPIPE')) })
    const audit = await openAudit(null, broken)
    await expect(audit.write(['1\n'])).rejects.toThrow('EPIPE')
    expect(audit.isHealthy()).toBe(false)
  })
})
