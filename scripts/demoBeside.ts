import { optionsFromEnvironment, type Environment } from '../demo/environment'
import { startDemo } from '../demo/server'
import { WrongSetting } from '../demo/wrong-setting'

/**
 * The simulated servers that run beside Keyring where no real one is configured, as the proxy's configuration wants them.
 * `DEMO_…` variables set them up: demo/README.md has them, and `DEMO_SERVERS` (1 to 9) says how many. Further ones have the
 * same users and other customers, on ports of their own. Throws WrongSetting.
 */
export async function startDemosBeside(env: Environment) {
  const options = optionsFromEnvironment(env)
  const wanted = env['DEMO_SERVERS'] || '1'
  if (!/^[1-9]$/.test(wanted)) throw new WrongSetting('DEMO_SERVERS', wanted, 'a whole number from 1 to 9')
  const further = (number: number) => ({
    ...options,
    cpanelPort: 0,
    whmPort: 0,
    seed: `${options.seed ?? 1}, server ${number}`,
  })
  const demos = await Promise.all(
    Array.from({ length: Number(wanted) }, (_server, index) => startDemo(index === 0 ? options : further(index + 1))),
  )
  return {
    close: async () => void (await Promise.all(demos.map((demo) => demo.close()))),
    asConfigured: {
      servers: demos.map(({ cpanelUrl, whmUrl, fingerprint256 }, index) => ({
        id: index === 0 ? 'demo' : `demo-${index + 1}`,
        name: index === 0 ? 'Demo server' : `Demo server ${index + 1}`,
        cpanel: cpanelUrl,
        whm: whmUrl,
        fingerprint256,
      })),
      // How to get in to the first: what proxy/contract.ts calls a DemoLogin, and no more.
      logins: (demos[0]?.logins ?? []).map(({ kind, username, password, code }) => ({
        server: 'demo',
        kind,
        username,
        password,
        ...(code !== undefined && { code }),
      })),
    },
  }
}
