/** The part of npm's version ranges that `engines.node` uses, so that the lock file check needs no package for it. */

/**
 * Whether a range such as `^20.19.0 || >=22.12.0` takes a version. Pre-release tags and hyphen ranges are not read:
 * they throw, so that a new form is noticed and not passed over.
 *
 * @param {string} range
 * @param {string} version three numbers, as in `20.19.0`
 * @returns {boolean}
 */
export function satisfies(range, version) {
  const numbers = version.split('.').map(Number)
  // Every part is read before any is believed: else a `-` after a number that does not fit would go unnoticed.
  const answers = range.split('||').map((alternative) => {
    // `>= 20` is written with and without the space.
    const comparators = alternative
      .trim()
      .replace(/([<>=^~]) +/g, '$1')
      .split(/\s+/)
    return comparators.map((comparator) => meets(comparator, numbers)).every(Boolean)
  })
  return answers.some(Boolean)
}

function meets(comparator, version) {
  if (comparator === '' || comparator === '*') return true
  const parts = /^(>=|<=|>|<|=|\^|~)?v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/.exec(comparator)
  if (parts === null) throw new Error(`can't read the version range "${comparator}"`)
  const [, operator = '=', ...written] = parts
  const known = written.filter((part) => /^\d+$/.test(part ?? '')).map(Number)
  const low = [known[0], known[1] ?? 0, known[2] ?? 0]
  const atLeast = compare(version, low) >= 0
  switch (operator) {
    case '>=':
      return atLeast
    case '<':
      return !atLeast
    // `>20` means above all of 20, `<=20` takes all of 20.
    case '>':
      return compare(version, above(known)) >= 0
    case '<=':
      return compare(version, above(known)) < 0
    case '=':
      return atLeast && compare(version, above(known)) < 0
    case '~':
      return atLeast && compare(version, above(known.slice(0, 2))) < 0
    // `^` keeps everything up to the first number that is not 0.
    default: {
      const first = known.findIndex((number) => number > 0)
      return atLeast && compare(version, above(known.slice(0, first === -1 ? known.length : first + 1))) < 0
    }
  }
}

/** The first version above all that begin with these numbers. */
function above(numbers) {
  const [major, minor = 0, patch = 0] = numbers
  if (numbers.length === 1) return [major + 1, 0, 0]
  return numbers.length === 2 ? [major, minor + 1, 0] : [major, minor, patch + 1]
}

function compare(a, b) {
  const index = a.findIndex((number, at) => number !== b[at])
  return index === -1 ? 0 : a[index] - b[index]
}
