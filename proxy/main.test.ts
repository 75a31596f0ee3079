import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { createTestUpstream, sendJson } from './testing/upstream'

let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyring-'))
  mkdirSync(join(folder, 'client'))
  writeFileSync(join(folder, 'client', 'index.html'), '<!doctype html><title>page</title>')
  // As in production: one bundle that needs no node_modules.
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(import.meta.dirname, 'main.ts'), outDir: join(folder, 'server'), minify: false },
  })
}, 30_000)

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the program; `line` answers its first line on stdout, `ended` everything once it has ended. */
function run(env: Record<string, string>) {
  const program = spawn(process.execPath, [join(folder, 'server', 'main.js')], {
    // Whoever runs this has servers of their own, which are not read.
    env: { XDG_CONFIG_HOME: folder, ...env },
  })
  let stdout = ''
  let stderr = ''
  program.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const line = new Promise<string>((resolve) => {
    program.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      if (stdout.includes('\n')) resolve(stdout)
    })
  })
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    program.on('close', (code) => resolve({ code, stdout, stderr })),
  )
  return { program, line, ended }
}

test('a wrong setting ends it with one line that helps', async () => {
  const { ended } = run({ CPANEL_URL: 'http://server.example.com' })
  expect(await ended).toEqual({
    code: 1,
    stdout: '',
    stderr: 'CPANEL_URL=http://server.example.com: use https: nothing else is supported\n',
  })
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s lets what runs finish and ends it', async (signal) => {
  const upstream = await createTestUpstream()
  const { program, line, ended } = run({
    CPANEL_URL: upstream.origin,
    CPANEL_FINGERPRINT256: upstream.fingerprint256,
    PORT: '0',
  })
  const url = (await line).slice('Ready: '.length).trim()
  upstream.answer('/login/?login_only=1', (_request, response) => {
    program.kill(signal)
    // The program has stopped listening once a new connection is refused.
    const answerWhenStopping = () =>
      void fetch(`${url}/api/servers`).then(
        () => setTimeout(answerWhenStopping, 10),
        () => sendJson(response, { message: 'invalid_login' }, 401),
      )
    answerWhenStopping()
  })
  const answer = await fetch(`${url}/api/connections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ server: 'main', kind: 'cpanel', username: 'bob', password: 'HUNTER2' }),
  })
  expect(answer.status).toBe(401)
  const { code, stdout, stderr } = await ended
  expect(code).toBe(0)
  expect(stdout).toBe(`Ready: ${url}\n`)
  expect(stderr).toContain('"route":"/api/connections"')
  expect(stderr).not.toContain('HUNTER2')
  await upstream.close()
})
