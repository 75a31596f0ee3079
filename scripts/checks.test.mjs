// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { budgetFaults, filesOfTokenList, scriptsOnTop } from './budget.mjs'
import { lengthFaults } from './lengths.mjs'
import { lockFaults } from './lockfile.mjs'
import { OLDEST_NODE, nodeComplaint } from './node-version.mjs'
import { satisfies } from './version-range.mjs'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

/** A whole lock file, for each test anew. */
function packages() {
  return {
    '': { devDependencies: { tool: '1.0.0' } },
    'node_modules/tool': {
      version: '1.0.0',
      optionalDependencies: { 'tool-linux': '1.0.0' },
      dependencies: { a: '1' },
    },
    'node_modules/tool/node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
    'node_modules/b': { version: '1.0.0', engines: { node: '^18 || >=20' } },
    'node_modules/tool-linux': { version: '1.0.0', optional: true },
  }
}

function files(...lengths) {
  return lengths.map((lines, index) => ({ file: `src/${index}.ts`, lines }))
}

describe('the lock file check', () => {
  const asked = { devDependencies: { tool: '1.0.0' } }

  test('has nothing to say about a whole file', () => {
    expect(lockFaults({ packages: packages() }, asked)).toEqual([])
  })

  test('misses the binding of another platform', () => {
    const { 'node_modules/tool-linux': _gone, ...rest } = packages()
    expect(lockFaults({ packages: rest }, asked)).toEqual([expect.stringContaining('optional dependency tool-linux')])
  })

  test('misses a dependency of a nested package', () => {
    const { 'node_modules/b': _gone, ...rest } = packages()
    expect(lockFaults({ packages: rest }, asked)).toEqual([expect.stringContaining('dependency b has no entry')])
  })

  test('names a download address and a Node that is too new', () => {
    const extra = { resolved: 'https://example.invalid/c.tgz', engines: { node: '^20.20.0 || >=22' } }
    expect(lockFaults({ packages: { ...packages(), 'node_modules/c': extra } }, asked)).toEqual([
      expect.stringContaining('download address'),
      expect.stringContaining('wants Node ^20.20.0'),
    ])
  })

  test('sees that package.json was changed alone', () => {
    const changed = { devDependencies: { tool: '1.1.0' } }
    expect(lockFaults({ packages: packages() }, changed)).toEqual([expect.stringContaining('Run npm install')])
  })

  test('asks for the reason of an override, and for its end', () => {
    expect(lockFaults({ packages: packages() }, { ...asked, overrides: { b: '1' } })).toHaveLength(1)
    expect(
      lockFaults({ packages: packages() }, { ...asked, overrides: { z: '1' }, '//overrides': { z: 'why', y: '' } }),
    ).toEqual([expect.stringContaining('nothing needs z'), expect.stringContaining('explains y')])
  })
})

test.each([
  ['>= 20', true],
  ['^20.19.0 || >=22.12.0', true],
  ['>=22', false],
  ['^20.19.1', false],
  ['~20.19', true],
  ['>=16 || 14 >=14.17', true],
  ['18 || 20 || >=22', true],
  ['>=18 <20', false],
  ['<=20', true],
  ['>20', false],
  ['^0.6', false],
  ['>=v12.22.7', true],
  ['>= 10.x', true],
  ['*', true],
])('Node 20.19.0 in the range %s: %s', (range, expected) => {
  expect(satisfies(range, '20.19.0')).toBe(expected)
})

test('a range of an unknown form is an error, not a yes', () => {
  expect(() => satisfies('18 - 20', '20.19.0')).toThrow("can't read")
})

test('the Node that the setup asks for is the one that package.json names', () => {
  expect(manifest.engines.node).toBe(`>=${OLDEST_NODE}`)
  expect(nodeComplaint('20.18.3')).toContain('Node 20.19 or newer, and this is Node 20.18.3')
  expect(nodeComplaint('18.20.4')).toBeDefined()
  expect(nodeComplaint('20.19.0')).toBeUndefined()
  expect(nodeComplaint('22.1.0')).toBeUndefined()
})

test('file lengths: none too long, half of them short, and never none at all', () => {
  expect(lengthFaults(files(250, 89))).toEqual([])
  expect(lengthFaults(files(251, 89))).toEqual([expect.stringContaining('src/0.ts has 251 lines')])
  expect(lengthFaults(files(250, 90, 89))).toEqual([expect.stringContaining('Only 1 of 3')])
  expect(lengthFaults([])).toHaveLength(1)
})

describe('the budget', () => {
  const built = {
    'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_react.js'], css: ['assets/index.css'] },
    '_react.js': { file: 'assets/react.js' },
    '_table.js': { file: 'assets/table.js', imports: ['_react.js'], css: ['assets/table.css'] },
    'src/pages/ListTokensPage.tsx': {
      file: 'assets/list.js',
      src: 'src/pages/ListTokensPage.tsx',
      isDynamicEntry: true,
      imports: ['index.html', '_table.js'],
    },
    'src/pages/CreateTokenPage.tsx': {
      file: 'assets/create.js',
      src: 'src/pages/CreateTokenPage.tsx',
      isDynamicEntry: true,
    },
    'src/messages/en.ts': { file: 'assets/en.js', src: 'src/messages/en.ts', isDynamicEntry: true },
    'src/messages/de.ts': { file: 'assets/de.js', src: 'src/messages/de.ts', isDynamicEntry: true },
  }
  const html = '<link rel="icon" href="/favicon.svg"><script type="module" src="/assets/index.js"></script>'

  test('counts what the list needs, once, and no other page or language', () => {
    expect(filesOfTokenList(built, html).toSorted()).toEqual([
      'assets/en.js',
      'assets/index.css',
      'assets/index.js',
      'assets/list.js',
      'assets/react.js',
      'assets/table.css',
      'assets/table.js',
      'favicon.svg',
      'index.html',
    ])
  })

  test('knows what a page adds to the list, and no page that is not there', () => {
    const more = {
      ...built,
      '_forms.js': { file: 'assets/forms.js', imports: ['_react.js'], css: ['assets/forms.css'] },
      'src/pages/CreateTokenPage.tsx': {
        file: 'assets/create.js',
        src: 'src/pages/CreateTokenPage.tsx',
        imports: ['_forms.js', 'index.html'],
      },
    }
    const loaded = filesOfTokenList(more, html)
    expect(scriptsOnTop(more, 'src/pages/CreateTokenPage.tsx', loaded)).toEqual(['assets/create.js', 'assets/forms.js'])
    expect(() => scriptsOnTop(more, 'src/pages/Else.tsx', loaded)).toThrow('no src/pages/Else.tsx')
  })

  test('does not pass because the page loads scripts that the manifest does not know', () => {
    expect(() => filesOfTokenList(built, '<script src="/assets/else.js"></script>')).toThrow('loads no script')
  })

  test('is spent to the byte and to the request', () => {
    const sizes = [
      { file: 'a.js', gzip: 150_000 },
      { file: 'a.css', gzip: 12_000 },
      ...Array.from({ length: 3 }, () => ({ file: 'favicon.svg', gzip: 1 })),
    ]
    expect(budgetFaults(sizes)).toEqual([])
    expect(budgetFaults([...sizes, { file: 'b.js', gzip: 1 }])).toEqual([
      'Over budget: scriptBytes is 150001, 150000 is the most.',
      'Over budget: requests is 9, 8 is the most.',
    ])
  })
})
