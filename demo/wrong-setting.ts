/** Thrown for a setting that makes no sense; names the setting, its value and what would be right. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting'

  constructor(setting: string, value: string, right: string) {
    super(`${setting} is "${value}", but must be ${right}.`)
  }
}
