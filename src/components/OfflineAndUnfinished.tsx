import { useEffect } from 'react'
import { followOtherTabs } from '../data/otherTabs'
import { watchFailures } from '../data/recovery'
import '../messages/unfinished'
import { OfflineNotice } from './OfflineNotice'
import { SlowNotice } from './SlowNotice'
import { UnfinishedNotice } from './UnfinishedNotice'

/**
 * What concerns every page: that Keyring is away, that something takes long, what an earlier page left open. Loaded beside
 * the page, ahead of need: what it is for is when nothing can be loaded. The regions are always there, or they would not be read out.
 */
export function OfflineAndUnfinished() {
  useEffect(watchFailures, [])
  useEffect(followOtherTabs, [])
  return (
    <>
      <div aria-live="polite" className="flex flex-col gap-5 empty:-mb-5">
        <OfflineNotice />
        <UnfinishedNotice />
      </div>
      {/* Over the page, wherever it is scrolled to: it comes and goes, and nothing may move under somebody's finger. */}
      <div aria-live="polite" className="pointer-events-none fixed bottom-4 left-4 z-30">
        <SlowNotice />
      </div>
    </>
  )
}
