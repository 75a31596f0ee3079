import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { appendLines } from './auditFile'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-audit-file-'))
  path = join(folder, 'audit.log')
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const text = () => readFileSync(path, 'utf8')

test('a new file is for its owner’s eyes alone, and one that is there keeps its lines', async () => {
  await appendLines(path, 'one\n')
  await appendLines(path, 'two\n')
  expect(text()).toBe('one\ntwo\n')
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('lines are on the disk before it is said that they are', async () => {
  const handle = await open(path, 'a')
  const datasync = vi.spyOn(Object.getPrototypeOf(handle), 'datasync')
  const sync = vi.spyOn(Object.getPrototypeOf(handle), 'sync')
  await handle.close()
  await appendLines(path, 'one\n')
  expect(datasync).toHaveBeenCalledTimes(1)
  // The folder's, since the file is new.
  expect(sync).toHaveBeenCalledTimes(1)
  await appendLines(path, 'two\n')
  expect(datasync).toHaveBeenCalledTimes(2)
  expect(sync).toHaveBeenCalledTimes(1)
})

test('a disk that can’t be synced is a failure', async () => {
  const handle = await open(path, 'a')
  vi.spyOn(Object.getPrototypeOf(handle), 'datasync').mockRejectedValue(new Error('EIO'))
  await handle.close()
  await expect(appendLines(path, 'one\n')).rejects.toThrow('EIO')
})

test('half a line that a crash left is not continued', async () => {
  appendFileSync(path, '{"time":"2026')
  await appendLines(path, 'one\n')
  truncateSync(path, text().length - 1)
  await appendLines(path, 'two\n')
  expect(text()).toBe('{"time":"2026\none\ntwo\n')
})

test('a file that was moved away is left alone, and a new one begun', async () => {
  await appendLines(path, 'one\n')
  renameSync(path, `${path}.1`)
  await appendLines(path, 'two\n')
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('one\n')
  expect(text()).toBe('two\n')
})

test('what is no file is written to without a sync', async () => {
  await expect(appendLines('/dev/null', 'one\n')).resolves.toBeUndefined()
})
