/**
 * Puts text on the clipboard when somebody asked for it.
 * @returns false where the browser does not allow it: over plain http on a network, or by its settings
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** The keys that copy on this machine. */
export function copyKeys(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ C' : 'Ctrl+C'
}

/** Hands a text over as a file of a media type. The address of the blob holds nothing of it and ends at once. */
export function downloadText(fileName: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}
