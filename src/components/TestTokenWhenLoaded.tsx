import { useEffect, useState, type ComponentType } from 'react'
import type { TestTokenProps } from './TestToken'

/**
 * TestToken by a file of its own, so that nobody waits for it. Not by `lazy`: where the file doesn't come (no network, another
 * version is there by now) that would take the whole screen down, and the secret on it. Here there is no test then.
 */
export function TestTokenWhenLoaded(props: TestTokenProps) {
  const [Loaded, setLoaded] = useState<ComponentType<TestTokenProps> | null>(null)
  useEffect(() => {
    import('./TestToken').then(
      ({ TestToken }) => setLoaded(() => TestToken),
      () => {},
    )
  }, [])
  return <div className="min-h-9">{Loaded && <Loaded {...props} />}</div>
}
