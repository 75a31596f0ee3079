import { Suspense } from 'react'
import { lazyExtra } from '../ui/lazyExtra'
import type { TestTokenProps } from './TestToken'

const TestToken = lazyExtra(() => import('./TestToken').then((module) => module.TestToken))

/** TestToken by a file of its own, so that nobody waits for it. Where that doesn't come, there is no test, and the secret stays. */
export function TestTokenWhenLoaded(props: TestTokenProps) {
  return (
    <div className="min-h-9">
      <Suspense fallback={null}>
        <TestToken {...props} />
      </Suspense>
    </div>
  )
}
