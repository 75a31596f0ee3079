import { useIsFetching, useIsMutating } from '@tanstack/react-query'
import { LoaderCircle } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { queryClient } from '../data/queryClient'
import { t } from '../messages/catalogue'
import { isKeyringAway } from '../session/reach'

const SLOW_MS = 4_000
const LOOK_MS = 500

/** One call takes long: that is said, and is no error. */
export function SlowNotice() {
  const isWaiting = useIsFetching() + useIsMutating() > 0
  const isAway = useSyncExternalStore(isKeyringAway.subscribe, isKeyringAway.current)
  return isWaiting && !isAway && <WhileWaiting />
}

function WhileWaiting() {
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    const since = new Map<object, number>()
    const timer = setInterval(() => {
      const calls = [
        ...queryClient.getQueryCache().findAll({ fetchStatus: 'fetching' }),
        ...queryClient.getMutationCache().findAll({ status: 'pending' }),
      ]
      for (const call of since.keys()) if (!calls.some((one) => one === call)) since.delete(call)
      for (const call of calls) if (!since.has(call)) since.set(call, Date.now())
      setIsSlow([...since.values()].some((start) => Date.now() - start >= SLOW_MS))
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    isSlow && (
      <p className="flex items-center gap-2 rounded-full border border-line bg-raised px-3 py-1.5 text-sm shadow-lg">
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        {t('slow.text')}
      </p>
    )
  )
}
