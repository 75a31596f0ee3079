import type { Account } from './account'
import { addToken, addWhmToken, findAccount, makeAccount } from './accounts'
import type { AddedAccount, Demo } from './demo'
import { seededRandom } from './random'
import type { WhmToken } from './token'
import { endSessions, nowSeconds, removeAccount, type World } from './world'

type Behind = Pick<
  Demo,
  | 'addAccount'
  | 'removeAccount'
  | 'suspendAccount'
  | 'setFeature'
  | 'setPrivileges'
  | 'tokens'
  | 'whmTokens'
  | 'seedToken'
  | 'seedWhmToken'
  | 'renameToken'
  | 'revokeToken'
  | 'endSessions'
>

/** What a test may do to the server behind the page's back. */
export function behindTheScenes(world: World): Behind {
  const noted = (secret: string) => {
    world.secrets.add(secret)
    return secret
  }
  const seeded = (username: string, name: string) => seededRandom(`${world.settings.seed}:${username}:${name}`)

  return {
    addAccount(options = {}): AddedAccount {
      const { account, secrets, whmSecrets } = makeAccount(world, options)
      return {
        username: account.username,
        password: account.password,
        ...(account.tfaCode === null ? {} : { code: account.tfaCode }),
        domain: account.domain,
        secrets: Object.fromEntries(secrets),
        whmSecrets: Object.fromEntries(whmSecrets),
      }
    },
    removeAccount: (username) => removeAccount(world, username),
    suspendAccount(username, suspended = true) {
      const reason = suspended === true ? 'Unknown' : suspended
      mustFind(world, username).suspension = reason === false ? null : { reason, time: nowSeconds(world) }
    },
    setFeature(username, feature, isOn) {
      mustFind(world, username).features.set(feature, isOn)
    },
    setPrivileges(username, privileges) {
      const { reseller } = mustFind(world, username)
      reseller?.privileges.clear()
      for (const acl of privileges) reseller?.privileges.add(acl)
    },
    tokens: (username) => [...mustFind(world, username).tokens.values()].map(withoutHash),
    whmTokens: (username) => [...(mustFind(world, username).reseller?.tokens.values() ?? [])].map(withoutHash),
    seedToken: (username, token) =>
      noted(addToken(mustFind(world, username), token, seeded(username, token.name), nowSeconds(world))),
    seedWhmToken: (username, token) =>
      noted(addWhmToken(mustFind(world, username), token, seeded(username, token.name), nowSeconds(world))),
    renameToken(username, name, newName, kind = 'cpanel') {
      const { tokens, reseller } = mustFind(world, username)
      if (kind === 'cpanel') rename(tokens, name, newName)
      else rename(reseller?.tokens ?? new Map<string, WhmToken>(), name, newName)
    },
    revokeToken(username, name, kind = 'cpanel') {
      const { tokens, reseller } = mustFind(world, username)
      if (kind === 'cpanel') tokens.delete(name)
      else reseller?.tokens.delete(name)
    },
    endSessions: (username) => endSessions(world, username),
  }
}

function mustFind(world: World, username: string): Account {
  const account = findAccount(world, username)
  if (account === undefined) throw new Error(`the demo has no account ${username}`)
  return account
}

function withoutHash<Token extends { readonly secretHash: string }>(token: Token): Omit<Token, 'secretHash'> {
  const { secretHash, ...truth } = token
  void secretHash
  return truth
}

function rename<Token extends { readonly name: string }>(
  tokens: Map<string, Token>,
  name: string,
  newName: string,
): void {
  const token = tokens.get(name)
  if (token === undefined) throw new Error(`there is no token ${name}`)
  tokens.delete(name)
  tokens.set(newName, { ...token, name: newName })
}
