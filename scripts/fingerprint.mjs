/** Fingerprints: whether what was made from some files is still what they would make now. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * A hash over the names and the contents of files. Contents, not times: a fresh checkout has new times everywhere.
 *
 * @param {string} root
 * @param {string[]} paths files or folders below root; one that is not there counts as absent
 * @param {{ extra?: string[], skip?: (path: string) => boolean }} [options] `extra`: words that belong to the fingerprint too
 */
export function fingerprint(root, paths, { extra = [], skip = () => false } = {}) {
  const hash = createHash('sha256').update(JSON.stringify(extra))
  const add = (path) => {
    const full = join(root, path)
    if (skip(path) || !existsSync(full)) return
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(`${path}/${name}`)
    } else {
      hash.update(`\0${path}\0`).update(readFileSync(full))
    }
  }
  for (const path of paths) add(path)
  return hash.digest('hex')
}

/** A fingerprint kept in a file beside what was made. It is forgotten before a change and written after success. */
export class Stamp {
  /** @param {string} file */
  constructor(file) {
    this.file = file
  }

  /** @param {string} value */
  matches(value) {
    return existsSync(this.file) && readFileSync(this.file, 'utf8') === value
  }

  forget() {
    rmSync(this.file, { force: true })
  }

  /** @param {string} value */
  write(value) {
    mkdirSync(dirname(this.file), { recursive: true })
    writeFileSync(this.file, value)
  }
}
