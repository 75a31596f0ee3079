import { useLayoutEffect, useRef } from 'react'
import { useLocation, useSearchParams, type NavigateOptions } from 'react-router'

type Change = (before: URLSearchParams) => URLSearchParams

/**
 * The query string of the page, and a way to change it. The router takes a moment over every navigation, longer on a busy
 * computer: a change made meanwhile goes on from what is on its way, or it would take back the one before it, or a link.
 */
export function useQueryString(): [shown: URLSearchParams, change: (next: Change, options: NavigateOptions) => void] {
  const [shown, setShown] = useSearchParams()
  const { key, pathname } = useLocation()
  const text = String(shown)
  // What is not shown yet, oldest first.
  const onTheWay = useRef<string[]>([])

  useLayoutEffect(() => {
    const arrived = onTheWay.current.lastIndexOf(text)
    // Somebody went elsewhere by a link or by Back: then what was on its way there is not wanted any more.
    onTheWay.current = arrived === -1 ? [] : onTheWay.current.slice(arrived + 1)
    // Every navigation has a key of its own, also one to the same address.
    // oxlint-disable-next-line react/exhaustive-deps -- the key is what tells of it
  }, [key, text])

  function change(next: Change, options: NavigateOptions): void {
    const unseen = queryNotSeen(pathname, [text, ...onTheWay.current])
    if (unseen !== null) onTheWay.current.push(unseen)
    const written = String(next(new URLSearchParams(onTheWay.current.at(-1) ?? text)))
    onTheWay.current.push(written)
    setShown(written, { preventScrollReset: true, ...options })
  }

  return [shown, change]
}

/**
 * The query string of the address bar, if it is none of the `known` ones: a link or Back on the page of this `pathname` that
 * is not drawn yet. Whoever changes something meanwhile means it to be a change of that.
 */
export function queryNotSeen(pathname: string, known: readonly string[]): string | null {
  const query = String(new URLSearchParams(window.location.search))
  return window.location.pathname === pathname && !known.includes(query) ? query : null
}
