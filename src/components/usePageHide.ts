import { useEffect, useEffectEvent } from 'react'

/** Calls back when the page goes into the background for good: closed, left, or kept for the browser's Back button. */
export function usePageHide(onHide: () => void): void {
  const hide = useEffectEvent(onHide)
  useEffect(() => {
    const listener = () => hide()
    window.addEventListener('pagehide', listener)
    return () => window.removeEventListener('pagehide', listener)
  }, [])
}
