import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Adds whole lines to a file, which only its owner can read if it is new, and returns once they are on the disk. It is
 * opened anew each time: a file that was moved away (logrotate) is left alone, and a new one begun.
 *
 * @throws Error of the file system; then some of it may be there
 */
export async function appendLines(path: string, text: string): Promise<void> {
  const file = await open(path, 'a+', 0o600)
  try {
    const status = await file.stat()
    // Pipes and devices can't be synced.
    if (!status.isFile()) return await file.appendFile(text)
    // Half a line is what a crash or a full disk leaves: the next one must not be glued to it.
    await file.appendFile((await endsInLine(file, status.size)) ? text : `\n${text}`)
    await file.datasync()
    if (status.size === 0) await syncFolder(dirname(path))
  } finally {
    await file.close()
  }
}

async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer.toString() === '\n'
}

/** A new file is on the disk once its folder is. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
