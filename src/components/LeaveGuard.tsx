import { Suspense, lazy, useEffect } from 'react'
import { useBlocker } from 'react-router'

const LeaveDialog = lazy(() => import('./LeaveDialog').then((module) => ({ default: module.LeaveDialog })))

/** While active, every way off the page asks first: links and Back in our words, closing and reloading in the browser's. */
export function LeaveGuard({ isActive }: { isActive: boolean }) {
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
      <LeaveDialog onStay={blocker.reset} onLeave={blocker.proceed} />
    </Suspense>
  )
}
