import { useEffect, useState } from 'react'

const TICK_MS = 30_000

/**
 * The server's clock, as far as it is known, ticking so that "expires in 5 minutes" does not stand still.
 * @param clockSkewMs how far the server is ahead of this browser
 */
export function useServerNow(clockSkewMs: number): Date {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return new Date(Math.max(now, 0) + clockSkewMs)
}
