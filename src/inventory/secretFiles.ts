import { csv } from './export'

/** A token that was just made, with its secret: on its way into a file that somebody asked for, and nowhere else. */
export type MadeToken = { server: string; user: string; domain: string; url: string; name: string; secret: string }

export function secretsAsCsv(made: readonly MadeToken[]): string {
  const lines = made.map(({ server, user, domain, url, name, secret }) => [server, user, domain, url, name, secret])
  return csv([['server', 'account', 'domain', 'url', 'name', 'token'], ...lines])
}

export function secretsAsJson(made: readonly MadeToken[]): string {
  const objects = made.map(({ server, user, domain, url, name, secret }) => ({
    server,
    account: user,
    domain,
    url,
    name,
    token: secret,
  }))
  return `${JSON.stringify(objects, null, 2)}\n`
}

/**
 * A .env file with a variable for each token: `CPANEL_TOKEN_` and the account, and the server's name where an account of
 * that name is on several. Of tokens of one account the name tells which is which. What no variable may be called becomes "_"; two that would be one are numbered.
 */
export function secretsAsEnv(made: readonly MadeToken[]): string {
  const used = new Set<string>()
  const lines = made.map(({ server, user, name: token, secret }) => {
    const others = made.filter((other) => other.user === user && (other.server !== server || other.name !== token))
    const isOfOne = others.some((other) => other.server === server)
    const wanted = variable(isOfOne ? token : others.length > 0 ? `${user}_${server}` : user)
    let name = wanted
    for (let count = 2; used.has(name); count += 1) name = `${wanted}_${count}`
    used.add(name)
    return `${name}=${envValue(secret)}\n`
  })
  return lines.join('')
}

function variable(text: string): string {
  return `CPANEL_TOKEN_${text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
}

/** Secrets are letters and digits. Should a server send anything else, it stays one value on one line that runs nothing. */
function envValue(secret: string): string {
  return /^\w+$/.test(secret) ? secret : JSON.stringify(secret).replaceAll(/[$`]/g, String.raw`\$&`)
}
