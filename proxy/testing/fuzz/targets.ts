import * as fc from 'fast-check'
import odd from './odd.json'
import { anything, bytesOf, oddName, text, wellFormed } from './values'

/** What programs take for another segment, escaped once, twice and wrongly. */
const segment = fc.constantFrom(...odd.segments, 'a'.repeat(301))

/** Spoils a path in one place. */
export const pathFault: fc.Arbitrary<(path: string) => string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(8), segment).map(([at, other]) => (path: string) => {
      const segments = path.split('/')
      return segments.with(at % segments.length, other).join('/')
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(8), segment).map(([at, other]) => (path: string) => {
      const segments = path.split('/')
      return segments.toSpliced(at % (segments.length + 1), 0, other).join('/')
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(80), fc.constantFrom('%', '%25', '%u00')).map(([at, escape]) => (path: string) => {
      const index = at % path.length
      const code = path.charCodeAt(index).toString(16).padStart(2, '0')
      return path.slice(0, index) + escape + code + path.slice(index + 1)
    }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(80), oddName).map(([at, name]) => (path: string) => {
      return path.slice(0, at) + encodeURIComponent(name) + path.slice(at)
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      (path: string) => path.replaceAll('/', '\\'),
      (path: string) => path.toUpperCase(),
      (path: string) => `${path}/`,
      (path: string) => `/${path}`,
      (path: string) => `${path}#x`,
      (path: string) => `http://localhost${path}`,
      (path: string) => `https://evil.example${path}`,
      (path: string) => `/x/..${path}`,
      (path: string) => path.slice(1),
    ),
  },
)

/** What follows the path: mostly nothing. */
export const query: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom(...odd.queries, 'x='.repeat(500)).map((text) => `?${text}`) },
  { weight: 1, arbitrary: fc.tuple(oddName, text).map((pair) => `?${pair.map(encoded).join('=')}`) },
)

function encoded(part: string): string {
  return encodeURIComponent(wellFormed(part))
}

/** A target that has little to do with any route. */
export const wildTarget: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(segment, { maxLength: 8 }).map((all) => `/${all.join('/')}`),
  },
  {
    weight: 4,
    arbitrary: fc.array(segment, { maxLength: 5 }).map((all) => `/api/connections/${all.join('/')}`),
  },
  { weight: 1, arbitrary: anything.map((text) => `/${bytesOf(text)}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '*',
      '/',
      '//',
      'localhost:443',
      'http://',
      '?',
      '#',
      '/'.repeat(2000),
      `/${'a/'.repeat(2000)}`,
    ),
  },
)
