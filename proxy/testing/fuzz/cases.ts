import * as fc from 'fast-check'
import { encodingFault, fieldsFault, toJson, wildBody } from './bodies'
import { call, type Call } from './calls'
import { framingHeader, headerFault, type Header } from './headers'
import odd from './odd.json'
import { pathFault, query, wildTarget } from './targets'
import { bytesOf } from './values'

/**
 * How a body is sent: by its length, in chunks, with a length that is too long (and the connection ended) or too short,
 * or with both a length and chunks.
 */
type Framing = 'length' | 'chunked' | 'cut' | 'extra' | 'both'

/**
 * A request as it goes over the wire; every string is bytes, one character each. `{alice}` and the like in a header stand
 * for the cookies of people who are signed in when it is sent.
 */
export type Case = { method: string; target: string; headers: readonly Header[]; body: string; framing: Framing }

/** A fault in so many of a hundred. */
function sometimes<Value>(percent: number, fault: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  const weight = Math.min(90, Math.ceil(percent))
  return fc.oneof({ weight: 100 - weight, arbitrary: fc.constant(undefined) }, { weight, arbitrary: fault })
}

const framing: fc.Arbitrary<Framing> = fc.oneof(
  { weight: 40, arbitrary: fc.constant('length' as const) },
  { weight: 3, arbitrary: fc.constant('chunked' as const) },
  { weight: 1, arbitrary: fc.constantFrom('cut' as const, 'extra' as const, 'both' as const) },
)

/** A call with faults, each kind of them in so many of a hundred. */
function spoiled(percent: number): fc.Arbitrary<Case> {
  return fc
    .record({
      call,
      target: sometimes(percent / 2, wildTarget),
      path: sometimes(percent, pathFault),
      query: sometimes(percent, query),
      method: sometimes(percent / 4, fc.constantFrom(...odd.methods)),
      fields: sometimes(percent * 2, fieldsFault),
      body: sometimes(percent / 2, wildBody),
      encoding: sometimes(percent / 4, encodingFault),
      header: sometimes(percent * 1.5, fc.tuple(headerFault, fc.boolean())),
      another: sometimes(percent, fc.tuple(headerFault, fc.boolean())),
      framingHeader: sometimes(percent / 6, framingHeader),
      framing,
    })
    .map(({ call, ...fault }) => {
      const fields = call.fields === null ? null : (fault.fields ?? same)(call.fields)
      const body = fault.body ?? (fields === null ? '' : (fault.encoding ?? bytesOf)(toJson(fields)))
      const faults = [fault.header, fault.another].filter((one) => one !== undefined)
      const headers = faults.reduce(
        (all, [header, isBeside]) =>
          isBeside ? [...all, header] : [...all.filter(([name]) => name !== header[0]), header],
        plainHeaders(call),
      )
      return {
        method: fault.method ?? call.method,
        target: fault.target ?? (fault.path ?? same)(call.path) + (fault.query ?? ''),
        headers: fault.framingHeader === undefined ? headers : [...headers, fault.framingHeader],
        body,
        framing: fault.framing,
      }
    })
}

function same<Value>(value: Value): Value {
  return value
}

function plainHeaders({ person, fields }: Call): readonly Header[] {
  return [
    ['Host', 'localhost'],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Cookie', `keyring={${person}}`],
    ...(fields === null ? [] : [['Content-Type', 'application/json'] as const]),
  ]
}

/** Half of them nearly right, so that what is deep inside is reached; the rest less so. */
export const anyCase: fc.Arbitrary<Case> = fc.oneof(
  { weight: 5, arbitrary: spoiled(10) },
  { weight: 3, arbitrary: spoiled(30) },
  { weight: 2, arbitrary: spoiled(70) },
)
