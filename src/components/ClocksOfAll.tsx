import { Suspense, useSyncExternalStore } from 'react'
import { allTokens } from '../data/allTokens'
import { otherClocks } from '../data/serverClocks'
import { lazyExtra } from '../ui/lazyExtra'

const ClockNotice = lazyExtra(() => import('./ClockNotice').then((module) => module.ClockNotice))

/** The servers whose clocks differ from this machine's, by name. */
export function ClocksOfAll() {
  useSyncExternalStore(allTokens.subscribe, allTokens.current)
  const clocks = otherClocks()
  return (
    clocks.length > 0 && (
      <Suspense fallback={null}>
        <ClockNotice clocks={clocks} />
      </Suspense>
    )
  )
}
