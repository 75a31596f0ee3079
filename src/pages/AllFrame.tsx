import { Suspense } from 'react'
import { Outlet } from 'react-router'
import { AppHeader } from '../components/AppHeader'
import { ConnectionSwitcher } from '../components/ConnectionSwitcher'
import { lazyExtra } from '../ui/lazyExtra'

const OfflineAndUnfinished = lazyExtra(() =>
  import('../components/OfflineAndUnfinished').then((module) => module.OfflineAndUnfinished),
)

/** The frame around what is about all connections at once. Wider than the others: its table has many columns. */
export function AllFrame() {
  return (
    <>
      <AppHeader isWide>
        <ConnectionSwitcher current={null} />
      </AppHeader>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex max-w-[100rem] flex-col gap-5 px-4 pt-6 pb-24 sm:px-6 sm:pt-8"
      >
        <Suspense fallback={null}>
          <OfflineAndUnfinished />
        </Suspense>
        <Outlet />
      </main>
    </>
  )
}
