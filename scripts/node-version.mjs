/**
 * Whether this Node is new enough. Imported before anything else, so it keeps to syntax that old versions can read.
 */

/** The oldest Node that everything here is tested on; the same as `engines.node` in package.json. */
export const OLDEST_NODE = '20.19'

/**
 * What to tell somebody whose Node is too old, or undefined when it is fine.
 *
 * @param {string} version as in `process.versions.node`, for example `18.20.4`
 * @returns {string | undefined}
 */
export function nodeComplaint(version) {
  const [major, minor] = version.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_NODE.split('.').map(Number)
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined
  return (
    'Keyring needs Node ' +
    OLDEST_NODE +
    ' or newer, and this is Node ' +
    version +
    '.\n' +
    'Install a current Node (nodejs.org, or "nvm install --lts"), then run the same command again.'
  )
}
