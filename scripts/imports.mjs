/**
 * The proof that the import rule of .oxlintrc.json fires: a copy of the rule is run over files planted in a folder of
 * its own, where each forbidden import must be reported and each rightful one must not. Without it, a glob mistyped
 * in the rule would go unnoticed: a rule that matches nothing reports nothing.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT, runTool } from './run.mjs'

/** What each room may import and what not, as `pages -> components -> ui` and so on say it. */
const ROOMS = {
  'src/cpanel': {
    may: ['./errors', 'valibot'],
    mayNot: [
      '../session/x',
      '../data/x',
      '../pages/x',
      '../components/x',
      '../ui/x',
      '../messages/x',
      '../paths',
      '../../proxy/contract',
      '../../demo/x',
      'react',
      'react-dom/client',
      'react-router',
      '@tanstack/react-query',
      'react-aria-components',
      '@lingui/core',
    ],
  },
  'src/inventory': {
    may: ['./columns', '../cpanel/token'],
    mayNot: [
      '../session/x',
      '../data/x',
      '../pages/x',
      '../components/x',
      '../ui/x',
      '../messages/x',
      '../paths',
      '../../proxy/contract',
      '../../demo/x',
      'react',
      'react-router',
      '@tanstack/react-query',
    ],
  },
  'src/ui': {
    may: ['./Button', 'react', 'react-aria-components'],
    mayNot: [
      '../cpanel/x',
      '../session/x',
      '../data/x',
      '../pages/x',
      '../components/x',
      '../paths',
      '../routes',
      '../../proxy/contract',
      '../../demo/x',
      'react-router',
      '@tanstack/react-query',
    ],
  },
  'src/session': {
    may: ['../cpanel/call', '../../proxy/contract'],
    mayNot: [
      '../data/x',
      '../pages/x',
      '../components/x',
      '../ui/x',
      '../../proxy/server',
      '../../demo/x',
      'react-router',
    ],
  },
  'src/data': {
    may: ['../cpanel/token', '../session/x', '@tanstack/react-query'],
    mayNot: [
      '../pages/x',
      '../components/x',
      '../ui/x',
      '../routes',
      '../../proxy/contract',
      '../../demo/x',
      'react-router',
      'react-aria-components',
    ],
  },
  'src/components': {
    may: ['../data/x', '../cpanel/token', '../ui/x', '../paths'],
    mayNot: ['../pages/x', '../routes', '../../proxy/contract', '../../demo/x'],
  },
  'src/pages': {
    may: ['../components/x', '../data/x', '../ui/x', '../paths'],
    mayNot: ['../../proxy/contract', '../../demo/x'],
  },
  src: { may: ['./routes', './pages/x'], mayNot: ['../proxy/contract', '../demo/x'] },
  proxy: { may: ['./session', 'fastify'], mayNot: ['../src/cpanel/x', '../demo/x'] },
  demo: { may: ['./clock', 'node:https'], mayNot: ['../src/cpanel/x', '../proxy/contract'] },
}

const RULE = 'no-restricted-imports'

/** One file for each import, so that a report tells which it was. */
function plant(folder) {
  const planted = new Map()
  for (const [room, { may, mayNot }] of Object.entries(ROOMS)) {
    for (const source of [...may, ...mayNot]) {
      const file = `${room}/planted${planted.size}.ts`
      planted.set(file, { room, source, forbidden: mayNot.includes(source) })
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), `import { planted } from '${source}'\n\nexport const used = planted\n`)
    }
  }
  return planted
}

async function reportedFiles(folder) {
  const config = join(folder, '.oxlintrc.json')
  copyFileSync(join(ROOT, '.oxlintrc.json'), config)
  const { output } = await runTool('oxlint', 'oxlint', ['--config', config, '--format', 'json'], { cwd: folder })
  const { diagnostics } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))
  const hits = diagnostics.filter(({ code }) => code?.includes(RULE))
  return new Set(hits.map(({ filename }) => filename.replaceAll('\\', '/')))
}

const folder = mkdtempSync(join(tmpdir(), 'keyring-imports-'))
try {
  const planted = plant(folder)
  const reported = await reportedFiles(folder)
  const faults = [...planted].flatMap(([file, { room, source, forbidden }]) => {
    if (forbidden === reported.has(file)) return []
    return [`${room} imports ${source}: ${forbidden ? 'forbidden, but not reported' : 'reported, but rightful'}`]
  })
  process.stdout.write(`${planted.size} planted imports, ${reported.size} reported\n`)
  process.stdout.write(faults.map((fault) => `${fault}\n`).join(''))
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
