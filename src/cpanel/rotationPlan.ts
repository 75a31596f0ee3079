/** What rotating several tokens at once comes to, before anything is sent. */
import { addToDay, dayIn, endOfDay } from './expiryDate'
import { rotationOfFamily, rotationPairs } from './rotation'
import { isSuccessorName, lifetimeDays, successorName } from './rotationSuccessor'
import { tokenState, type ApiToken, type Expiry } from './token'
import type { NewToken } from './tokens'

/** Why a token is left out: what would have to be decided for it is asked on its own page. */
export type LeftOut = 'expired' | 'rotating' | 'lifetime' | 'access' | 'name'

export type RotationPlan = {
  successions: readonly { old: string; token: NewToken }[]
  leftOut: readonly { old: string; why: LeftOut }[]
}

/**
 * A successor for each token of these names that can have one without a further question.
 * @param tokens all of the list
 * @param now the moment, by the server's clock where it is known
 * @param zone where the days of a lifetime are counted
 */
export function rotationPlan(
  names: readonly string[],
  tokens: readonly ApiToken[],
  { now, zone }: { now: Date; zone: string },
): RotationPlan {
  const rotations = rotationPairs(tokens, now)
  const taken = tokens.map(({ name }) => name)
  const successions: { old: string; token: NewToken }[] = []
  const leftOut: { old: string; why: LeftOut }[] = []
  for (const old of tokens.filter(({ name }) => names.includes(name))) {
    const name = successorName(old.name, taken)
    const expiry = sameLifetime(old, now, zone)
    const access = sameAccess(old)
    const leave = (why: LeftOut) => leftOut.push({ old: old.name, why })
    if (tokenState(old.expiry, now).kind === 'expired') leave('expired')
    else if (rotationOfFamily(old.name, rotations)) leave('rotating')
    else if (!isSuccessorName(name, old.name)) leave('name')
    else if (expiry === null) leave('lifetime')
    else if (access === null) leave('access')
    else {
      taken.push(name)
      successions.push({ old: old.name, token: { name, expiry, access } })
    }
  }
  return { successions, leftOut }
}

function sameLifetime(old: ApiToken, now: Date, zone: string): Expiry | null {
  if (old.expiry.kind === 'never') return old.expiry
  const days = lifetimeDays(old, zone)
  const at = days === null ? null : endOfDay(addToDay(dayIn(zone, now), { days }), zone)
  return at === null ? null : { kind: 'at', at }
}

/** null where such a token can't be created, or would be refused. */
function sameAccess({ access }: ApiToken): NewToken['access'] | null {
  switch (access.kind) {
    case 'full':
    case 'read-only':
      return access.kind
    case 'limited':
      return null
    case 'whm':
      return access.privileges.length === 0 ? null : access
  }
}
