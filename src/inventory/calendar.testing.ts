/** A component of a calendar: its properties in order, their texts still escaped, and what it contains. */
export type Component = {
  name: string
  properties: readonly (readonly [name: string, value: string])[]
  parts: readonly Component[]
}

/**
 * Reads iCalendar as RFC 5545 has it, and nothing laxer: every line ends with CRLF, has 75 octets at most and no control
 * character, and components are closed in order. Parameters are not read: no file of ours has any.
 */
export function readCalendar(file: string): Component {
  if (!file.endsWith('\r\n')) throw new Error('The last line does not end.')
  const lines = file.slice(0, -2).split('\r\n')
  for (const line of lines) {
    if (Buffer.byteLength(line) > 75) throw new Error(`A line of ${Buffer.byteLength(line)} octets: ${line}`)
    if (/\p{Cc}|\p{Surrogate}/u.test(line))
      throw new Error(`A line with what no line may have: ${JSON.stringify(line)}`)
  }
  const content = file.slice(0, -2).replaceAll('\r\n ', '').split('\r\n')
  const open: { name: string; properties: [string, string][]; parts: Component[] }[] = []
  for (const [index, line] of content.entries()) {
    const [, name = '', value = ''] = /^([A-Z-]+):(.*)$/su.exec(line) ?? []
    if (name === '') throw new Error(`This is no property: ${line}`)
    const inner = open.at(-1)
    if (name === 'BEGIN') open.push({ name: value, properties: [], parts: [] })
    else if (inner === undefined) throw new Error(`Outside of everything: ${line}`)
    else if (name !== 'END') inner.properties.push([name, value])
    else if (inner.name !== value) throw new Error(`${inner.name} ends as ${value}`)
    else if (open.length > 1) open.at(-2)?.parts.push(...open.splice(-1))
    else if (index === content.length - 1) return inner
    else throw new Error('Something follows the calendar.')
  }
  throw new Error('The calendar does not end.')
}

/** The one value of a property. */
export function valueOf({ name, properties }: Component, property: string): string {
  const values = properties.filter(([one]) => one === property)
  if (values.length !== 1) throw new Error(`${name} has ${values.length} ${property}`)
  return values[0]?.[1] ?? ''
}

/** A text as it was meant; every character that has a meaning of its own must be escaped. */
export function textOf(component: Component, property: string): string {
  const value = valueOf(component, property)
  if (!/^(?:[^\\;,]|\\[\\;,nN])*$/u.test(value)) throw new Error(`Not escaped: ${value}`)
  return value.replaceAll(/\\(.)/gu, (_all, character: string) => (/[nN]/.test(character) ? '\n' : character))
}

/** A moment in UTC, in milliseconds. */
export function momentOf(component: Component, property: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(valueOf(component, property)) ?? []
  const [year = Number.NaN, month = 0, day, hour, minute, second] = parts.map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}
