import { NO_FILTER, REVIEWS } from './filter'
import { FIRST_CHOICE, choiceTo, type Choice } from './viewUrl'

const DAY = 86_400

/** For cleaning up: whatever is worth a look. */
export const HYGIENE: Choice = {
  ...FIRST_CHOICE,
  filter: { ...NO_FILTER, review: REVIEWS },
}

/** After a break-in: what was made meanwhile, newest first. The last 30 days until somebody says between when. */
export function afterIncident(now: Date): Choice {
  const end = Math.ceil(now.getTime() / 60_000) * 60
  return {
    ...FIRST_CHOICE,
    filter: { ...NO_FILTER, created: { from: end - 30 * DAY, to: end } },
    order: { by: 'created', isDescending: true },
  }
}

/** A view that somebody kept, with the query string of its choice. It has names of accounts at most, never a secret. */
export type SavedView = { name: string; search: string }

/** The views in a stored text; none where it is none of ours. */
export function savedViewsFrom(text: string | null): SavedView[] {
  try {
    const parsed: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(parsed) ? parsed.flatMap(savedViewFrom) : []
  } catch {
    return []
  }
}

function savedViewFrom(value: unknown): SavedView[] {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('search' in value)) return []
  const { name, search } = value
  return typeof name === 'string' && typeof search === 'string' && name.trim() !== '' ? [{ name, search }] : []
}

/** The views with one more; it takes the place of one of the same name. */
export function withView(views: readonly SavedView[], name: string, choice: Choice): SavedView[] {
  const trimmed = name.trim()
  return [...views.filter((view) => view.name !== trimmed), { name: trimmed, search: String(choiceTo(choice)) }]
}
