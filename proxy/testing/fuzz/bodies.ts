import * as fc from 'fast-check'
import type { Field } from './calls'
import { bytesOf, oddJson, oddName, text } from './values'

/** Spoils a call's parameters. */
export const fieldsFault: fc.Arbitrary<(fields: readonly Field[]) => readonly Field[]> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(oddName, oddJson).map(([name, value]) => (fields: readonly Field[]) => {
      return [...fields, [JSON.stringify(name), value] as const]
    }),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(oddName, text).map(([name, value]) => (fields: readonly Field[]) => {
      return [[JSON.stringify(name), JSON.stringify(value)] as const, ...fields]
    }),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(5), oddJson).map(([at, value]) => (fields: readonly Field[]) => {
      return onOne(fields, at, ([name]) => [[name, value]])
    }),
  },
  {
    // The same name twice: programs differ in which they believe.
    weight: 3,
    arbitrary: fc.tuple(fc.nat(5), text).map(([at, value]) => (fields: readonly Field[]) => {
      return onOne(fields, at, (field) => [field, [field[0], JSON.stringify(value)]])
    }),
  },
  {
    weight: 2,
    arbitrary: fc.nat(5).map((at) => (fields: readonly Field[]) => {
      return onOne(fields, at, ([name, value]) => [[name, `[${value},${value}]`]])
    }),
  },
  { weight: 1, arbitrary: fc.nat(5).map((at) => (fields: readonly Field[]) => onOne(fields, at, () => [])) },
  {
    weight: 1,
    arbitrary: fc.nat(5).map((at) => (fields: readonly Field[]) => {
      return onOne(fields, at, ([name, value]) => [[`"\\u00${name.charCodeAt(1).toString(16)}${name.slice(2)}`, value]])
    }),
  },
)

function onOne(fields: readonly Field[], at: number, change: (field: Field) => Field[]): readonly Field[] {
  const field = fields[at % Math.max(1, fields.length)]
  return field === undefined ? fields : fields.toSpliced(at % fields.length, 1, ...change(field))
}

/** The fields as JSON text. */
export function toJson(fields: readonly Field[]): string {
  return `{${fields.map(([name, value]) => `${name}:${value}`).join(',')}}`
}

/** Turns a body's text into bytes as it should not be. */
export const encodingFault: fc.Arbitrary<(text: string) => string> = fc.constantFrom(
  (text: string) => Buffer.from(text, 'utf16le').toString('latin1'),
  (text: string) => `\xff\xfe${Buffer.from(text, 'utf16le').toString('latin1')}`,
  (text: string) => `\xef\xbb\xbf${bytesOf(text)}`,
  (text: string) => bytesOf(text).slice(0, -1),
  (text: string) => `${bytesOf(text)}\0`,
  (text: string) => bytesOf(text) + bytesOf(text),
  (text: string) => `${bytesOf(text)}\r\n\r\n`,
  (text: string) => `/**/${bytesOf(text)}`,
  (text: string) => bytesOf(text).replaceAll('"', "'"),
  (text: string) => bytesOf(text).replaceAll('"', '\xc0\xa2'),
  (text: string) => bytesOf(text).replaceAll(':', '\xff:'),
  (text: string) => `[${bytesOf(text)}]`,
  (text: string) => JSON.stringify(bytesOf(text)),
  (text: string) => `${' '.repeat(70_000)}${bytesOf(text)}`,
  () => '',
)

/** Bodies that have little to do with any call. */
export const wildBody: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: oddJson },
  {
    weight: 3,
    arbitrary: fc.tuple(oddName, oddJson).map(([name, value]) => toJson([[JSON.stringify(name), value]])),
  },
  { weight: 1, arbitrary: text.map(bytesOf) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'name=x&api.version=0',
      '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nx\r\n--x--\r\n',
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      '['.repeat(5000),
      '{"a":'.repeat(5000),
      `{"name":${'9'.repeat(5000)}}`,
      'GET /api/connections HTTP/1.1\r\nHost: localhost\r\n\r\n',
    ),
  },
)
