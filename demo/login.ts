import { findAccount } from './accounts'
import { codeFits, mayEnter } from './authenticate'
import type { Exchange } from './exchange'
import { loginPage } from './pages'
import { valueOf } from './params'
import { passwordFits } from './passwords'
import { answer, json, type Reply } from './reply'
import { forgetCookie, openSession, sessionCookie, sessionId } from './sessions'
import { quirksFor } from './world'

/**
 * Signs in with user, password and, where asked for, a code (section 4.2). One answer serves both kinds of client: JSON in the
 * body and the security token in `Location`. `login_only` may come in the URL or in the body; without it a browser is redirected.
 */
export function login(exchange: Exchange): Reply {
  const { world, params, kind } = exchange
  const isScript = valueOf(params, 'login_only') === '1'
  if (exchange.method !== 'POST') return byLink(exchange)
  const username = valueOf(params, 'user') ?? ''
  if (username === '') return failed(exchange, 'no_username')
  const account = findAccount(world, username)
  if (!passwordFits(world, username, account, valueOf(params, 'pass') ?? '')) return failed(exchange, 'invalid_login')
  if (account === undefined || !mayEnter(exchange, account)) return failed(exchange, 'invalid_login')
  const code = valueOf(params, 'tfa_token')
  if (!codeFits(account, code)) {
    return failed(exchange, code === undefined || code === '' ? quirksFor(world, account).tfaMessage : 'invalid_login')
  }
  exchange.clockOf = account
  const session = openSession(world, account, kind, exchange.address)
  const start = kind === 'whm' ? '/' : '/frontend/jupiter/index.html'
  const target = `${session.securityToken}${valueOf(params, 'goto_uri') ?? start}`
  const redirect = `${target}${target.includes('?') ? '&' : '?'}post_login=${session.securityToken.slice(-8)}`
  const headers = { Location: redirect, 'Set-Cookie': sessionCookie(session) }
  if (!isScript) return answer(301, 'text/html; charset="utf-8"', '', headers)
  return json({ status: 1, redirect, security_token: session.securityToken }, 200, headers)
}

/** The link of `create_user_session`: works once, from then on the session is bound to this client (section 3.7). */
function byLink(exchange: Exchange): Reply {
  const session = exchange.world.sessions.get(valueOf(exchange.params, 'session') ?? '')
  if (session?.address !== null || session.securityToken !== exchange.securityToken || session.kind !== exchange.kind) {
    return loginPage(200)
  }
  session.address = exchange.address
  const headers = { Location: `${session.securityToken}/`, 'Set-Cookie': sessionCookie(session) }
  return answer(301, 'text/html; charset="utf-8"', '', headers)
}

/** Ends the session of the cookie, whichever cpsess was given (section 4.2). */
export function logout(exchange: Exchange): Reply {
  const id = sessionId(exchange)
  if (id !== null) exchange.world.sessions.delete(id)
  return loginPage(200, { 'Set-Cookie': forgetCookie(exchange.kind) })
}

function failed(exchange: Exchange, message: string): Reply {
  const asPage = quirksFor(exchange.world).loginFailure === 'html' || valueOf(exchange.params, 'login_only') !== '1'
  return asPage ? loginPage(401) : json({ status: 0, message }, 401)
}
