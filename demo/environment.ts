import { quirksFromText } from './environment-quirks'
import { limits, type DemoOptions, type NumberName } from './options'
import { WrongSetting } from './wrong-setting'

/** A set of environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The options in `DEMO_…` variables; an empty variable counts as not set. Throws WrongSetting. */
export function optionsFromEnvironment(environment: Environment): DemoOptions {
  const numbers: Partial<Record<NumberName, number>> = {}
  for (const [option, min, max] of limits) {
    const setting = settingFor(option)
    const value = environment[setting] ?? ''
    if (value === '') continue
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
    if (!(number >= min && number <= max)) throw new WrongSetting(setting, value, rangeInWords(min, max))
    numbers[option] = number
  }
  const { DEMO_HOST: host, DEMO_SEED: seed, DEMO_CLOCK: clock, DEMO_QUIRKS: quirks } = environment
  return {
    ...numbers,
    ...(host ? { host } : {}),
    ...(seed ? { seed } : {}),
    ...(clock ? { clock: clockOffset(clock) } : {}),
    ...(quirks ? { quirks: quirksFromText(quirks) } : {}),
  }
}

/** `cpanelPort` is `DEMO_CPANEL_PORT`. */
function settingFor(option: NumberName): string {
  return `DEMO_${option.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

function rangeInWords(min: number, max: number): string {
  return Number.isFinite(max) ? `a whole number from ${min} to ${max}` : `a whole number of at least ${min}`
}

/** Milliseconds the clock differs from the real one: `+90m`, `-10s`, `+30d`, or a date at which it starts to run. */
function clockOffset(text: string): number {
  const [, sign, amount, unit = ''] = /^([+-])(\d{1,9})([smhd])$/.exec(text) ?? []
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * Number(amount) * (units[unit] ?? 0)
  const start = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(start)) {
    throw new WrongSetting(
      'DEMO_CLOCK',
      text,
      'a date like 2026-11-24T12:00:00Z or an offset like +90m or -30d (s, m, h, d)',
    )
  }
  return start - Date.now()
}
