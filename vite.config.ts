import { compileMessage } from '@lingui/message-utils/compileMessage'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { precompress } from './scripts/precompress'
import { proxyInDevelopment } from './scripts/proxyInDevelopment'
import { across } from './src/messages/en/across'
import { first } from './src/messages/en/all'
import { reminders } from './src/messages/en/reminders'
import { rotation } from './src/messages/en/rotation'
import { servers } from './src/messages/en/servers'
import { testToken } from './src/messages/en/testToken'
import { unfinished } from './src/messages/en/unfinished'

/** Compiles the ICU messages when building, so that the browser carries no message parser. */
function messages(): Plugin {
  const catalogues = new Map<string, Record<string, string>>([
    ['virtual:messages/en', first],
    ['virtual:messages/en/across', across],
    ['virtual:messages/en/servers', servers],
    ['virtual:messages/en/testToken', testToken],
    ['virtual:messages/en/unfinished', unfinished],
    ['virtual:messages/en/reminders', reminders],
    ['virtual:messages/en/rotation', rotation],
  ])
  return {
    name: 'keyring-messages',
    resolveId: (source) => (catalogues.has(source) ? `\0${source}` : null),
    load(resolved) {
      const catalogue = resolved.startsWith('\0') ? catalogues.get(resolved.slice(1)) : undefined
      if (catalogue === undefined) return null
      const compiled = Object.entries(catalogue).map(([key, text]) => [key, compileMessage(text)])
      return `export default ${JSON.stringify(Object.fromEntries(compiled))}`
    },
  }
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A file of modules that several pages share, without what those import: that has files of its own. */
function shared(name: string, test: RegExp, priority = 1) {
  return { name, test, priority, minShareCount: 2, includeDependenciesRecursively: false }
}

export default defineConfig({
  plugins: [react(), tailwindcss(), messages(), proxyInDevelopment(), precompress()],
  builder: {},
  server: { host: '127.0.0.1', port: 4381 },
  // Plain Node; a test that needs a DOM says so in its first line: // @vitest-environment jsdom
  test: {
    include: ['**/*.test.{ts,tsx,mjs}'],
    exclude: ['**/node_modules/**', 'dist/**'],
    environment: 'node',
    // By itself Vitest leaves a core free, which is half of two. More than two would make timings a matter of luck.
    maxWorkers: 2,
    // Two run at a time, one of them the fuzzing: what takes a moment alone may take seconds.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        manifest: true,
        // Fonts and pictures stay files: an inlined one would need data: in more places of the CSP.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          output: {
            // Few requests: the app with the token list is one file, what the other pages share one, popups one. Work on many
            // accounts and the tokens of WHM are files of their own, so that neither pays for the other.
            codeSplitting: {
              groups: [
                { name: 'app', test: /src[\\/]main\.tsx/, priority: 3 },
                shared('dates', /@internationalized[\\/]date/, 2),
                {
                  name: 'popups',
                  test: /react-aria|react-stately|@internationalized|ui[\\/]ModalDialog/,
                  minShareCount: 2,
                  priority: 1,
                },
                shared('signIn', /components[\\/]SignIn/),
                shared('servers', /[\\/]servers(?:\.ts)?$/),
                shared('across', /messages[\\/](?:en[\\/])?across(?:\.ts)?$/),
                shared('whm', /ipaddr|[\\/](?:whm|Whm|[pP]rivilege|addresses|Addresses)\w*\.tsx?/),
                shared('reminders', /[\\/](?:reminder|(?:use)?Reminder|calendar|Clock)\w*(?:\.tsx?)?$|calendar-plus/),
                shared('files', /ui[\\/]clipboard/),
                shared('rotation', /[\\/]rotation(?:\.ts)?$/),
                shared('rotate', /components[\\/](?:RotateF|RotateSuc|RotationName)\w*\.tsx|rotationSuccessor/),
                shared('many', /src[\\/]inventory|fanout|react-virtual|virtual-core/),
                shared(
                  'many',
                  /data[\\/](?:allTokens|loadAll|serverClocks|sources|across|revokeAcross|createOnMany|useWorkAcross)/,
                ),
                shared(
                  'many',
                  /components[\\/](?:LoadProgress|SourceTroubles|useRowsInSight|SecretsOnce|CreatedOnMany)|ui[\\/](?:Progress|Select)/,
                ),
                shared('create', /(?:CreateTokenFlow|CreateFailure|LostSecret|StoredCheck|AccessField)\.tsx/),
                shared('create', /(?:SecretOnce|HowToUse|examples|useUsage|usePageHide|LeaveGuard)\.tsx?/),
                shared('create', /icons[\\/](?:copy|download)/),
                { name: 'pages', test: /src[\\/]|lucide-react/, minShareCount: 2, priority: 0 },
              ],
            },
          },
        },
      },
    },
    ssr: {
      build: {
        outDir: 'dist/server',
        copyPublicDir: false,
        rolldownOptions: {
          input: {
            server: at('proxy/server.ts'),
            main: at('proxy/main.ts'),
            demo: at('scripts/demoBeside.ts'),
            'demo-main': at('demo/main.ts'),
          },
          output: { entryFileNames: '[name].js' },
        },
      },
    },
  },
})
