import { startTransition, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { choiceFrom, choiceTo, type Choice } from '../inventory/viewUrl'

const URL_PAUSE_MS = 200

/**
 * What is chosen on the page of all tokens, with a way to change it. The URL is its home but follows a moment later: a
 * navigation for every key would hold up the next one. `onChange` hears of a change at once, before anything is drawn;
 * `latest` is what was chosen last, drawn or not.
 */
export function useChoice(
  onChange: (choice: Choice) => void,
): [choice: Choice, change: (change: Partial<Choice>) => void, latest: () => Choice] {
  const [search, setSearch] = useSearchParams()
  const fromUrl = choiceFrom(search)
  const [pending, setPending] = useState<Choice | null>(null)
  const latest = useRef<Choice | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (pending !== null && String(choiceTo(pending)) === String(choiceTo(fromUrl))) setPending(null)
  useEffect(() => () => clearTimeout(timer.current), [])
  const choice = pending ?? fromUrl
  // What was chosen last is forgotten once it is drawn.
  useEffect(() => {
    if (latest.current !== null && String(choiceTo(latest.current)) === String(choiceTo(choice))) latest.current = null
  })

  function change(part: Partial<Choice>): void {
    const next = { ...(latest.current ?? choice), ...part }
    latest.current = next
    onChange(next)
    // Typing is echoed by the box itself and must not wait for the page; a box that was ticked must show it at once.
    if (next.filter.query === choice.filter.query) setPending(next)
    else startTransition(() => setPending(next))
    clearTimeout(timer.current)
    timer.current = setTimeout(
      () => setSearch(choiceTo(next), { replace: true, preventScrollReset: true }),
      URL_PAUSE_MS,
    )
  }

  return [choice, change, () => latest.current ?? choice]
}
