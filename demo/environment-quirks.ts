import * as v from 'valibot'
import type { Quirks } from './quirks'
import { WrongSetting } from './wrong-setting'

const flag = v.exactOptional(
  v.pipe(
    v.picklist(['true', 'false']),
    v.transform((text) => text === 'true'),
  ),
)
const bit = v.exactOptional(
  v.pipe(
    v.picklist(['0', '1']),
    v.transform((text): 0 | 1 => (text === '1' ? 1 : 0)),
  ),
)

/** Every quirk as it is written in `DEMO_QUIRKS`. */
const entries = {
  envelope: choice('flat', 'wrapped'),
  numbers: choice('numbers', 'strings'),
  none: choice('null', 'array'),
  emptyObjects: choice('objects', 'arrays'),
  createEchoes: flag,
  uniqueNames: choice('case-sensitive', 'case-insensitive'),
  unknownParameters: choice('refused', 'ignored'),
  readonlyRefusal: choice('status-0', 'http-403'),
  hasFeature: choice('data', 'status'),
  whmRefusal: choice('result-0', 'http-403'),
  unownedAcl: choice('refused', 'dropped'),
  reservedNames: choice('refused', 'allowed'),
  updateWithoutWhitelist: choice('clears', 'keeps'),
  revokeUnknown: choice('fails', 'ignored'),
  unknownSecretResult: bit,
  noTokens: choice('object', 'array', 'null'),
  batchOuter: choice('ok', 'fails-with-inner'),
  privilegeValues: choice('measured', 'integers', 'strings'),
  loginFailure: choice('json', 'html'),
  tfaMessage: v.exactOptional(v.string()),
  tfaForBasic: flag,
  tfaForTokens: flag,
  sessionRefusal: choice('html-200', 'html-401', 'html-403', 'json-403'),
  refusalBody: choice('cpanelresult', 'html'),
  suspendedLogin: choice('allowed', 'refused'),
}

/** Reads `envelope=wrapped,numbers=strings`. Throws WrongSetting. */
export function quirksFromText(text: string): Partial<Quirks> {
  const pairs = text.split(',').map((pair) => pair.trim().split('=', 2))
  const result = v.safeParse(v.strictObject(entries), Object.fromEntries(pairs))
  if (result.success) return result.output
  const [issue] = result.issues
  const right = issue.expected === 'never' || !issue.path ? `one of ${Object.keys(entries).join(', ')}` : issue.expected
  throw new WrongSetting(`DEMO_QUIRKS (${v.getDotPath(issue) ?? text})`, issue.received.replaceAll('"', ''), right)
}

function choice<const Options extends readonly string[]>(...options: Options) {
  return v.exactOptional(v.picklist(options))
}
