import { useLayoutEffect, useRef } from 'react'
import { useLocation, useSearchParams, type NavigateOptions } from 'react-router'

type Change = (before: URLSearchParams) => URLSearchParams

/**
 * The query string of the page, and a way to change it. The router takes a moment over every navigation, longer on a busy
 * computer: a change made meanwhile goes on from what is on its way, or it would take the one before it back.
 */
export function useQueryString(): [shown: URLSearchParams, change: (change: Change, options: NavigateOptions) => void] {
  const [shown, setShown] = useSearchParams()
  const { key } = useLocation()
  const text = String(shown)
  // What was written here and is not shown yet, oldest first.
  const onTheWay = useRef<string[]>([])

  useLayoutEffect(() => {
    const arrived = onTheWay.current.lastIndexOf(text)
    // What was not written here is a link or Back: then what was on its way there is not wanted any more.
    onTheWay.current = arrived === -1 ? [] : onTheWay.current.slice(arrived + 1)
    // Every navigation has a key of its own, also one to the same address.
    // oxlint-disable-next-line react/exhaustive-deps -- the key is what tells of it
  }, [key, text])

  function change(change: Change, options: NavigateOptions): void {
    const next = String(change(new URLSearchParams(onTheWay.current.at(-1) ?? text)))
    onTheWay.current.push(next)
    setShown(next, { preventScrollReset: true, ...options })
  }

  return [shown, change]
}
