import { optionsFromEnvironment } from './environment'
import { startDemo } from './server'

const usualPorts = { cpanelPort: 2083, whmPort: 2087 }

/** The simulated server as a program of its own. Settings: see README.md. */
async function main(): Promise<void> {
  const demo = await startDemo({ ...usualPorts, ...optionsFromEnvironment(process.env) })
  const users = demo.logins.map(({ kind, username, password, code, note }) => {
    const withCode = code === undefined ? '' : ` + code ${code}`
    return `  ${kind.padEnd(6)} ${username} / ${password}${withCode} (${note})`
  })
  const lines = [`cPanel       ${demo.cpanelUrl}`, `WHM          ${demo.whmUrl}`, `Fingerprint  ${demo.fingerprint256}`]
  process.stdout.write(`Simulated cPanel & WHM server\n${[...lines, ...users].join('\n')}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void demo.close())
}

main().catch((error: unknown) => {
  process.stderr.write(`${inWords(error)}\n`)
  process.exitCode = 1
})

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!('code' in error && error.code === 'EADDRINUSE' && 'port' in error)) return error.message
  return `Port ${String(error.port)} is taken: set DEMO_CPANEL_PORT or DEMO_WHM_PORT to another one, or to 0 for any.`
}
