import { startTransition, useEffect, useEffectEvent, useRef, useState } from 'react'
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
  const text = String(search)
  const fromUrl = choiceFrom(search)
  const [pending, setPending] = useState<Choice | null>(null)
  // What was chosen and is not in the URL yet.
  const latest = useRef<Choice | null>(null)
  const written = useRef(text)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (pending !== null && said(pending) === said(fromUrl)) setPending(null)
  const choice = pending ?? fromUrl

  function write(): void {
    clearTimeout(timer.current)
    if (latest.current === null) return
    written.current = said(latest.current)
    setSearch(written.current, { replace: true, preventScrollReset: true })
  }

  function change(part: Partial<Choice>): void {
    const next = { ...(latest.current ?? choice), ...part }
    latest.current = next
    onChange(next)
    // Typing is echoed by the box itself and must not wait for the page; a box that was ticked must show it at once.
    if (next.filter.query === choice.filter.query) setPending(next)
    else startTransition(() => setPending(next))
    clearTimeout(timer.current)
    timer.current = setTimeout(write, URL_PAUSE_MS)
  }

  const noticeUrl = useEffectEvent((text: string) => {
    if (latest.current !== null && said(latest.current) === text) latest.current = null
    if (text === written.current) return
    // Somebody went elsewhere by a link or by Back: what was on its way there is not wanted any more.
    written.current = text
    latest.current = null
    clearTimeout(timer.current)
    setPending(null)
  })
  useEffect(() => noticeUrl(text), [text])

  // Whoever is about to leave by a link must find the choice when they come back.
  const writeNow = useEffectEvent((event: Event) => {
    if (
      latest.current !== null &&
      (event.type === 'pointerdown' || (event instanceof KeyboardEvent && event.key === 'Enter'))
    )
      write()
  })
  useEffect(() => {
    const listener = (event: Event) => writeNow(event)
    addEventListener('pointerdown', listener, true)
    addEventListener('keydown', listener, true)
    return () => {
      removeEventListener('pointerdown', listener, true)
      removeEventListener('keydown', listener, true)
      clearTimeout(timer.current)
    }
  }, [])

  return [choice, change, () => latest.current ?? choice]
}

function said(choice: Choice): string {
  return String(choiceTo(choice))
}
