import {
  startTransition,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { choiceFrom, choiceTo, type Choice } from '../inventory/viewUrl'
import { rememberView } from './lastView'
import { queryNotSeen } from './useQueryString'

const URL_PAUSE_MS = 200

/**
 * What is chosen on the page of all tokens, with a way to change it. The URL is its home but follows a moment later: a
 * navigation for every key would hold up the next one. `onChange` hears of a change at once, before anything is drawn;
 * `latest` is what was chosen last, drawn or not. Both functions stay the same ones.
 */
export function useChoice(
  onChange: (choice: Choice) => void,
): [choice: Choice, change: (change: Partial<Choice>) => void, latest: () => Choice] {
  const [search, setSearch] = useSearchParams()
  const { key, pathname } = useLocation()
  const text = String(search)
  const fromUrl = useMemo(() => choiceFrom(new URLSearchParams(text)), [text])
  const [pending, setPending] = useState<Choice | null>(null)
  // What was chosen and has not arrived in the URL yet.
  const latest = useRef<Choice | null>(null)
  // The URLs that are accounted for: the one that is shown, and those on their way, oldest first.
  const known = useRef([text])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const choice = pending ?? fromUrl

  const drawn = useRef({ choice, onChange, setSearch, pathname })
  useLayoutEffect(() => {
    drawn.current = { choice, onChange, setSearch, pathname }
  })

  const settle = useCallback(() => {
    latest.current = null
    clearTimeout(timer.current)
    setPending(null)
  }, [])

  const write = useCallback(() => {
    clearTimeout(timer.current)
    if (latest.current === null) return
    const search = said(latest.current)
    if (known.current.at(-1) !== search) {
      known.current.push(search)
      drawn.current.setSearch(search, { replace: true, preventScrollReset: true })
    } else if (known.current.length === 1) settle()
  }, [settle])

  const chosen = useCallback(() => {
    const unseen = queryNotSeen(drawn.current.pathname, known.current)
    return unseen === null ? (latest.current ?? drawn.current.choice) : choiceFrom(new URLSearchParams(unseen))
  }, [])

  const change = useCallback(
    (part: Partial<Choice>) => {
      const before = drawn.current.choice
      const next = { ...chosen(), ...part }
      const unseen = queryNotSeen(drawn.current.pathname, known.current)
      if (unseen !== null) known.current.push(unseen)
      latest.current = next
      drawn.current.onChange(next)
      // Typing is echoed by the box itself and must not wait for the page; a box that was ticked must show it at once.
      if (next.filter.query === before.filter.query) setPending(next)
      else startTransition(() => setPending(next))
      clearTimeout(timer.current)
      timer.current = setTimeout(write, URL_PAUSE_MS)
    },
    [chosen, write],
  )

  const noticeUrl = useEffectEvent(() => {
    rememberView(text)
    const ours = known.current.lastIndexOf(text)
    known.current = ours === -1 ? [text] : known.current.slice(ours)
    // Either all that was chosen has arrived, or somebody went elsewhere by a link or by Back: then what was on its way there
    // is not wanted any more. An earlier choice that arrives late changes nothing.
    if (ours === -1 || (latest.current !== null && said(latest.current) === text)) settle()
  })
  // Every navigation has a key of its own, also one to the same address.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the key is what tells of it
  useEffect(() => noticeUrl(), [key])

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

  return [choice, change, chosen]
}

function said(choice: Choice): string {
  return String(choiceTo(choice))
}
