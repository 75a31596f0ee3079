import { Suspense, lazy, useEffect } from 'react'
import { useBlocker } from 'react-router'

const LeaveDialog = lazy(() => import('./LeaveDialog').then((module) => ({ default: module.LeaveDialog })))

/** What would be lost: secrets that are shown only here, or work that has not begun yet. */
export type AtStake = 'secret' | 'work'

/** While active, every way off the page asks first: links and Back in our words, closing and reloading in the browser's. */
export function LeaveGuard({ isActive, atStake = 'secret' }: { isActive: boolean; atStake?: AtStake }) {
  const blocker = useBlocker(isActive)
  useEffect(() => {
    if (!isActive) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isActive])

  // Fetched ahead: when it is needed the network may be what failed.
  useEffect(() => void import('./LeaveDialog'), [])

  if (blocker.state !== 'blocked') return null
  return (
    <Suspense fallback={null}>
      <LeaveDialog atStake={atStake} onStay={blocker.reset} onLeave={blocker.proceed} />
    </Suspense>
  )
}
