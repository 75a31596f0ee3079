/** Servers that people add by their address: what the proxy saw there, and having one remembered or forgotten. */
import * as v from 'valibot'
import type {
  AddServerAnswer,
  AddServerRequest,
  CertificateFlaw,
  FailedDoor,
  FoundDoor,
  KnownServer,
  LookAnswer,
  LookRequest,
  ServerCertificate,
} from '../../proxy/contract'
import { send, type Api } from '../cpanel/call'
import { read } from '../cpanel/wire'
import { kind, server } from './connections'

export type {
  AddServerAnswer,
  AddServerRequest,
  CertificateFlaw,
  FailedDoor,
  FoundDoor,
  KnownServer,
  LookAnswer,
  LookRequest,
  ServerCertificate,
}

const certificate = v.object({
  fingerprint256: v.string(),
  subject: v.string(),
  issuer: v.string(),
  names: v.array(v.string()),
  validFrom: v.pipe(v.string(), v.isoTimestamp()),
  validTo: v.pipe(v.string(), v.isoTimestamp()),
  isTrusted: v.boolean(),
  flaws: v.array(v.picklist(['self-signed', 'unknown-issuer', 'expired', 'not-yet-valid', 'other-name'])),
})
const failed = v.array(
  v.object({
    origin: v.pipe(v.string(), v.url()),
    why: v.picklist(['refused', 'unknown-host', 'unreachable', 'timeout', 'no-tls']),
  }),
)
const foundDoor = v.object({ kind: v.nullable(kind), origin: v.pipe(v.string(), v.url()), certificate })
const known = v.object({
  id: v.string(),
  name: v.string(),
  isAdded: v.boolean(),
  fingerprint256: v.nullable(v.string()),
})
const lookAnswer = v.variant('outcome', [
  v.object({
    outcome: v.literal('found'),
    host: v.string(),
    doors: v.array(foundDoor),
    failed,
    known: v.nullable(known),
  }),
  v.object({ outcome: v.literal('failed'), failed }),
  v.object({
    outcome: v.literal('wrong-address'),
    why: v.picklist(['not-an-address', 'plain-http', 'credentials', 'plain-port', 'webmail-port']),
  }),
])
const addAnswer = v.variant('outcome', [
  v.object({ outcome: v.literal('added'), server }),
  v.object({ outcome: v.literal('changed'), certificate }),
  v.object({ outcome: v.literal('failed'), failed }),
  v.object({ outcome: v.literal('listed'), server }),
  v.object({ outcome: v.literal('not-kept'), file: v.string() }),
])

/** What answers at an address. Nothing is sent to it. @throws {CpanelError} `too_many_requests` … */
export async function lookAtServer(api: Api, request: LookRequest): Promise<LookAnswer> {
  return read(lookAnswer, (await send(api, { method: 'POST', path: ['servers', 'look'], body: request })).body)
}

/** Has a server remembered. Only the outcome `added` changed anything. @throws {CpanelError} */
export async function addServer(api: Api, request: AddServerRequest): Promise<AddServerAnswer> {
  return read(addAnswer, (await send(api, { method: 'POST', path: ['servers'], body: request })).body)
}

/** Has an added server forgotten; this browser is signed out of it. @throws {CpanelError} */
export async function forgetServer(api: Api, id: string): Promise<void> {
  await send(api, { method: 'DELETE', path: ['servers', id] })
}

/**
 * Whether a fingerprint that was pasted (as OpenSSL prints it, or bare) is the one that was shown: `incomplete` for what is
 * none yet.
 */
export function compareFingerprints(pasted: string, shown: string): 'same' | 'different' | 'incomplete' {
  const hex = pasted
    .slice(pasted.lastIndexOf('=') + 1)
    .replaceAll(/[\s:]/g, '')
    .toUpperCase()
  if (hex === shown.replaceAll(':', '')) return 'same'
  return /^[0-9A-F]{64}$/.test(hex) ? 'different' : 'incomplete'
}
