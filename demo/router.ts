import { authenticate } from './authenticate'
import { cpanelCall } from './cpanel'
import { pause, type Exchange } from './exchange'
import { login, logout } from './login'
import { loginPage, plainPage } from './pages'
import { recordCall } from './calls'
import { Interruption, type Reply } from './reply'
import { valueOf } from './params'
import { whmCall } from './whm'

/** Every address of the server, and what sentinels make of the answer. */
export async function route(exchange: Exchange): Promise<Reply> {
  const reply = await answerTo(exchange)
  return exchange.spoilers.reduce((last, spoil) => (last.kind === 'answer' ? spoil(last.answer) : last), reply)
}

async function answerTo(exchange: Exchange): Promise<Reply> {
  try {
    return await work(exchange)
  } catch (error) {
    if (error instanceof Interruption) return error.reply
    throw error
  }
}

async function work(exchange: Exchange): Promise<Reply> {
  const { path, kind } = exchange
  try {
    await pause(exchange, exchange.world.settings.latencyMs)
    if (path === '/login' || path === '/login/') return named(exchange, 'login', login)
    if (path === '/logout' || path === '/logout/') return named(exchange, 'logout', logout)
    const [first = '', ...rest] = path.split('/').filter(Boolean)
    if (kind === 'cpanel' && first === 'execute' && rest.length === 2)
      return await cpanelCall(exchange, rest.join('::'))
    if (kind === 'whm' && first === 'json-api' && rest.length === 1) return await whmCall(exchange, rest.join())
    if (path === '/') return loginPage(200)
    const { account, via } = authenticate(exchange)
    recordCall(exchange, { name: path, user: account.username, account: account.username, via, inside: '' })
    return plainPage(404, 'Not Found')
  } catch (error) {
    const isRefused = error instanceof Interruption && error.reply.kind === 'answer'
    if (isRefused && exchange.clockOf === null)
      recordCall(exchange, { name: path, user: '', account: '', via: 'none', inside: '' })
    throw error
  }
}

function named(exchange: Exchange, name: string, act: (exchange: Exchange) => Reply): Reply {
  const user = valueOf(exchange.params, 'user') ?? ''
  recordCall(exchange, { name, user, account: user, via: 'none', inside: '' })
  return act(exchange)
}
