/** A moment in this machine's zone as a `datetime-local` field has it. @param seconds since epoch */
export function localMoment(seconds: number | null): string {
  if (seconds === null) return ''
  const at = new Date(seconds * 1000)
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

/** The seconds since epoch that such a field means, or null. */
export function momentFrom(text: string): number | null {
  const time = text === '' ? Number.NaN : new Date(text).getTime()
  return Number.isNaN(time) ? null : Math.floor(time / 1000)
}
