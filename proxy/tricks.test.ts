import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOf } from './testing/fuzz/calls'
import { PRIVATE } from './testing/fuzz/upstream'
import { readAnswers, sendAlone } from './testing/fuzz/wire'
import { createWorld } from './testing/fuzz/world'
import { bytesOf, readTricks } from './testing/tricks'
import cookies from './testing/tricks/cookies.json'
import encodings from './testing/tricks/encodings.json'
import hosts from './testing/tricks/hosts.json'
import lines from './testing/tricks/lines.json'
import numbers from './testing/tricks/numbers.json'
import parameters from './testing/tricks/parameters.json'
import prototypes from './testing/tricks/prototypes.json'
import smuggling from './testing/tricks/smuggling.json'

let world: Awaited<ReturnType<typeof createWorld>>
let tickets: ReadonlyMap<string, string>

beforeAll(async () => {
  world = await createWorld()
  tickets = await world.begin()
})

afterAll(() => world.close())

const files = { smuggling, lines, hosts, cookies, encodings, parameters, prototypes, numbers }

describe.each(Object.entries(files))('%s', (_file, content) => {
  test.each(readTricks(content).map((trick) => [trick.name, trick] as const))('%s', async (_name, trick) => {
    world.sent.length = 0
    world.log.length = 0
    const text = await sendAlone(world.port, bytesOf(trick, tickets), trick.cut)
    const answers = readAnswers(text, trick.method ?? 'POST')
    expect(trick.answers).toContain(answers.map(({ status }) => status).join(' '))
    expect(reached()).toEqual(trick.reaches)
    expect(text).not.toMatch(/SECRET|cpsess|node_modules|set-cookie|x-odd|access-control/i)
    for (const ticket of tickets.values()) expect(text).not.toContain(ticket)
    expect(world.log.filter((line) => /"internal"|"level":[56]0/.test(line))).toEqual([])
    expect(await askPlainly()).toContain(`${PRIVATE}alice`)
  })
})

/** What reached a server: who was believed to ask, the path behind a session's prefix, and the form. */
function reached(): string[] {
  return world.sent.map(({ path, headers, form }) => {
    const prefix = /^\/cpsess\d+/.exec(path)?.[0] ?? ''
    const credential = headers['authorization'] ?? `${prefix} ${headers['cookie']}`
    return `${world.issued.get(credential)?.username} ${path.slice(prefix.length)} ${form}`
  })
}

/** Whatever came before, who asks as everybody does is answered. */
function askPlainly(): Promise<string> {
  const path = `/api/connections/${idOf('alice')}/execute/Tokens/list`
  const headers = `Host: localhost\r\nCookie: keyring=${tickets.get('alice')}\r\nContent-Type: application/json\r\n`
  return sendAlone(
    world.port,
    `POST ${path} HTTP/1.1\r\n${headers}Connection: close\r\nContent-Length: 2\r\n\r\n{}`,
    false,
  )
}
