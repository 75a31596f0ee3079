import * as fc from 'fast-check'
import { matchRoutes } from 'react-router'
import { describe, expect, test } from 'vitest'
import { connectionIn, paths, safeNext, startOf, tokenNameFrom, type Place } from './paths'

const place = { connection: 'main.cpanel.alice' }
const hosted = { connection: 'main.whm.root', user: 'bob' }
const whmUser = { connection: 'main.whm.root', isWhmUser: true } as const

test('every URL of the app', () => {
  expect({
    home: paths.home,
    signIn: paths.signIn(),
    'signIn and back': paths.signIn('/c/main.cpanel.alice/tokens?q=a b'),
    accounts: paths.accounts('main.whm.root'),
    tokens: paths.tokens(place),
    'tokens of an account': paths.tokens(hosted),
    'tokens of a WHM user': paths.tokens(whmUser),
    createToken: paths.createToken(place),
    'createToken for an account': paths.createToken(hosted),
    'createToken for a WHM user': paths.createToken(whmUser),
    token: paths.token(place, 'deploy-bot'),
    'token of an account': paths.token(hosted, 'deploy-bot'),
    'token of a WHM user': paths.token(whmUser, 'deploy-bot'),
    rotate: paths.rotate(place, 'deploy-bot'),
    'rotate a token of an account': paths.rotate(hosted, 'create'),
    'rotate a token of a WHM user': paths.rotate(whmUser, 'rotate'),
    'a token called create': paths.token(place, 'create'),
    'a token of a WHM user called create': paths.token(whmUser, 'create'),
    'a token called ..': paths.token(place, '..'),
    'a token that is no legal name': paths.token(place, 'a/b?c#d ~é'),
    'a token with our mark': paths.token(place, '~create'),
    'a user that is no legal name': paths.tokens({ connection: 'a.whm.b/c', user: 'd/e' }),
    'a WHM user that is no legal name': paths.tokens({ connection: 'a.whm.b/c', isWhmUser: true }),
  }).toMatchInlineSnapshot(`
    {
      "a WHM user that is no legal name": "/c/a.whm.b%2Fc/whm-tokens",
      "a token called ..": "/c/main.cpanel.alice/tokens/~..",
      "a token called create": "/c/main.cpanel.alice/tokens/~create",
      "a token of a WHM user called create": "/c/main.whm.root/whm-tokens/~create",
      "a token that is no legal name": "/c/main.cpanel.alice/tokens/a%2Fb%3Fc%23d%20~%C3%A9",
      "a token with our mark": "/c/main.cpanel.alice/tokens/~~create",
      "a user that is no legal name": "/c/a.whm.b%2Fc/accounts/d%2Fe/tokens",
      "accounts": "/c/main.whm.root/accounts",
      "createToken": "/c/main.cpanel.alice/tokens/create",
      "createToken for a WHM user": "/c/main.whm.root/whm-tokens/create",
      "createToken for an account": "/c/main.whm.root/accounts/bob/tokens/create",
      "home": "/",
      "rotate": "/c/main.cpanel.alice/tokens/deploy-bot/rotate",
      "rotate a token of a WHM user": "/c/main.whm.root/whm-tokens/rotate/rotate",
      "rotate a token of an account": "/c/main.whm.root/accounts/bob/tokens/~create/rotate",
      "signIn": "/sign-in",
      "signIn and back": "/sign-in?next=%2Fc%2Fmain.cpanel.alice%2Ftokens%3Fq%3Da+b",
      "token": "/c/main.cpanel.alice/tokens/deploy-bot",
      "token of a WHM user": "/c/main.whm.root/whm-tokens/deploy-bot",
      "token of an account": "/c/main.whm.root/accounts/bob/tokens/deploy-bot",
      "tokens": "/c/main.cpanel.alice/tokens",
      "tokens of a WHM user": "/c/main.whm.root/whm-tokens",
      "tokens of an account": "/c/main.whm.root/accounts/bob/tokens",
    }
  `)
})

/** Any name a list may hold: text, as wire.ts sees to it, and not empty. */
const anyName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom('create', '~', '~create', '~~', '.', '..', '...', '%2e%2e', 'a/b', '?', '#', ' ', 'accounts'),
)

describe.each([
  ['its account', place, '/c/:connection/tokens/:name'],
  ['an account of WHM', hosted, '/c/:connection/accounts/:user/tokens/:name'],
  ['a WHM user', whmUser, '/c/:connection/whm-tokens/:name'],
] satisfies [string, Place, string][])('the name of a token in its URL (%s)', (_whose, place, route) => {
  test('comes back as it was, and its URL is no other page’s', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const { pathname, search, hash } = new URL(paths.token(place, name), 'http://app.invalid')
        expect([search, hash]).toEqual(['', ''])
        const [segment = '', ...more] = pathname.slice(paths.tokens(place).length + 1).split('/')
        expect(more).toEqual([])
        expect(segment).not.toBe('create')
        expect(tokenNameFrom(decodeURIComponent(segment))).toBe(name)
      }),
      { numRuns: 1000 },
    )
  })

  test('comes back through the router', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        // The router takes a name's own "%2F" for a slash. No legal name has one.
        fc.pre(!name.includes('%2F'))
        const { pathname } = new URL(paths.token(place, name), 'http://app.invalid')
        const { name: segment = '', ...rest } = matchRoutes([{ path: route }], pathname)?.[0]?.params ?? {}
        const { connection, user } = { user: undefined, ...place }
        expect(rest).toEqual(user === undefined ? { connection } : { connection, user })
        expect(tokenNameFrom(segment)).toBe(name)
      }),
      { numRuns: 500 },
    )
  })
})

test('the tokens of a WHM user, of an account through it and of a cPanel login are pages of their own', () => {
  const all = [whmUser, hosted, { connection: hosted.connection }]
  const urls = all.flatMap((one) => [paths.tokens(one), paths.createToken(one), paths.token(one, 'create')])
  expect(new Set(urls).size).toBe(urls.length)
  expect(urls.map(connectionIn)).toEqual(urls.map(() => 'main.whm.root'))
  // A WHM user begins with its accounts, also where its tokens can be managed.
  expect(startOf({ id: 'main.whm.root', kind: 'whm' })).toBe(paths.accounts('main.whm.root'))
  expect(startOf({ id: 'main.cpanel.alice', kind: 'cpanel' })).toBe(paths.tokens(place))
})

describe('where signing in may lead', () => {
  test.each(['/', '/c/main.cpanel.alice/tokens', '/c/main.cpanel.alice/tokens?q=a&page=2', '/c/x/tokens/a%2Fb'])(
    '%s is of this app',
    (next) => {
      expect(safeNext(next)).toBe(next)
    },
  )

  test('a page that was asked for before signing in is found again', () => {
    const next = new URL(paths.signIn(paths.token(hosted, 'a b')), 'http://app.invalid').searchParams.get('next')
    expect(safeNext(next)).toBe(paths.token(hosted, 'a b'))
  })

  test.each([
    null,
    '',
    'c/main/tokens',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example/',
    '/\n/evil.example',
    '/\t/:80',
    '\t//evil.example',
    '/.//evil.example/',
    '/..//evil.example',
    '/c/..//evil.example',
    '/%2e%2e//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '@evil.example',
    '.evil.example',
  ])('%j is refused', (next) => {
    expect(safeNext(next)).toBeNull()
  })

  test('whatever is asked for, it stays here', () => {
    const piece = fc.oneof(
      fc.constantFrom('/', '//', '\\', '..', '.', '%2e', '%2f', '%5c', '\t', '\n', '\r', '\0', ' ', '@', ':', '?', '#'),
      fc.constantFrom('evil.example', 'https:', 'javascript:', 'c', 'tokens', '[', ']', '80', '%zz'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    )
    const nasty = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`)
    fc.assert(
      fc.property(fc.oneof(nasty, fc.webUrl(), fc.string({ unit: 'binary' })), (next) => {
        const target = safeNext(next) ?? '/'
        // Twice: what the browser makes of it must stay what it is.
        const url = new URL(target, 'http://app.invalid/c/main/tokens')
        expect([url.origin, url.pathname + url.search]).toEqual(['http://app.invalid', target])
      }),
      { numRuns: 5000 },
    )
  })
})

describe('the connection that a path is about', () => {
  test.each([
    [paths.tokens(place), 'main.cpanel.alice'],
    [paths.accounts('a.whm.b/c'), 'a.whm.b/c'],
    ['/c/main', 'main'],
    ['/c/main?x', 'main'],
    ['/sign-in', null],
    ['/c/', null],
    ['', null],
    ['/c/%zz/tokens', null],
  ])('%s: %s', (path, connection) => {
    expect(connectionIn(path)).toBe(connection)
  })
})
