import { paths } from '../paths'
import { remember, remembered } from '../ui/remember'

/** Keeps the filters and the order of the page of all tokens for the next visit. What was searched for is not kept. */
export function rememberView(search: string): void {
  const kept = new URLSearchParams(search)
  kept.delete('q')
  remember('all-tokens', String(kept))
}

/** The page of all tokens as it was left. */
export function lastView(): { pathname: string; search: string } {
  return { pathname: paths.allTokens, search: remembered('all-tokens') ?? '' }
}
