/** A wrong setting. It stops the start: the message names the setting, its value and what would be right. */
export class ConfigError extends Error {
  constructor(name: string, value: string | undefined, advice: string) {
    super(`${name}${value === undefined ? '' : `=${shorten(value)}`}: ${advice}`)
    this.name = 'ConfigError'
  }
}

/** One line, of a length that can be read; a whole certificate would bury the advice. */
function shorten(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ')
  return line.length > 120 ? `${line.slice(0, 117)}...` : line
}
