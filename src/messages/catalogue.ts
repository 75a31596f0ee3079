/** The words of the app, typed: a wrong key or a missing value does not compile. English is the source of the types. */
import { i18n } from '@lingui/core'
import compiledEnglish from 'virtual:messages/en'
import type { English } from './en/all'

i18n.load('en', compiledEnglish)
i18n.activate('en')

export type MessageKey = keyof English

/** The `{names}` in an ICU message. What stands inside the branches of a plural has a space or # and is left out. */
type Placeholder<Text> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? NameOf<Inside> | Placeholder<Rest>
  : never
type NameOf<Inside> = Inside extends `${infer Name},${string}` ? Word<Name> : Word<Inside>
type Word<Text> = Text extends `${string}${' ' | '#' | '{' | '<'}${string}` ? never : Extract<Text, string>
type Values<Key extends MessageKey> = { [Name in Placeholder<English[Key]>]: string | number }

/** The arguments a message takes after its key: none, or an object with exactly its placeholders. */
export type MessageArguments<Key extends MessageKey> = [Placeholder<English[Key]>] extends [never]
  ? []
  : [values: Values<Key>]

/** The text of a message in the active language. */
export function t<Key extends MessageKey>(key: Key, ...values: MessageArguments<Key>): string {
  return i18n._(key, values[0])
}

/** The active language as a BCP 47 tag: what dates and numbers are formatted in. */
export function activeLocale(): string {
  return i18n.locale
}
