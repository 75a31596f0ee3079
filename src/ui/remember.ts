/** A preference kept in this browser. Storage may be forbidden or full: then it lasts as long as the page. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`keyring.${key}`, value)
  } catch {
    // Nothing is lost but the memory of it.
  }
}

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`keyring.${key}`)
  } catch {
    return null
  }
}
