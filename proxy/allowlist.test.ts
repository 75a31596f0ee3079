import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokensFunctions, whmFunctions } from './allowlist'
import { ProxyError } from './errors'
import { whmCall } from './parameters'

test('whatever is asked for, only what is on the list comes out', () => {
  const names = [...whmFunctions.keys(), ...tokensFunctions.keys(), 'createacct', '__proto__', 'constructor']
  const keys = [...whmFunctions.values(), ...tokensFunctions.values()].flatMap((rules) => [...rules.keys()])
  const key = fc.oneof(fc.constantFrom(...keys, 'user', '__proto__'), fc.string())
  const pair = fc.tuple(key, fc.oneof(fc.constantFrom('Tokens', 'list', 'revoke', 'x'), fc.string()))
  const name = fc.oneof(fc.constantFrom(...names), fc.string())
  const command = fc.tuple(name, fc.array(pair), fc.constantFrom('?', '', '%3F', '&', ';'))
  fc.assert(
    fc.property(fc.array(command, { maxLength: 3 }), (list) => {
      for (const text of passed(list.map(asText))) {
        const [functionName = '', query = ''] = text.split('?')
        expect(whmFunctions.has(functionName) && functionName !== 'batch').toBe(true)
        const values = new URLSearchParams(query)
        const inner = values.get('cpanel.function')
        const rules = new Set([
          ...(whmFunctions.get(functionName)?.keys() ?? []),
          ...(inner === null ? [] : (tokensFunctions.get(inner)?.keys() ?? [])),
        ])
        expect([...values.keys()].filter((one) => !rules.has(one))).toEqual([])
        expect(functionName === 'uapi_cpanel' ? values.getAll('cpanel.module') : ['Tokens']).toEqual(['Tokens'])
      }
    }),
    { numRuns: 2000 },
  )
})

/** The commands of a batch as they go out; none when it is refused. */
function passed(list: string[]): string[] {
  try {
    const form = whmCall('batch', { command: list }).form
    return form.filter(([name]) => name === 'command').map(([, value]) => value)
  } catch (error) {
    if (error instanceof ProxyError) return []
    throw error
  }
}

function asText([name, pairs, mark]: [string, [string, string][], string]): string {
  return `${name}${mark}${pairs.map(([left, right]) => `${left}=${right}`).join('&')}`
}
