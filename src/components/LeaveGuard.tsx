import { useEffect, useState, type ComponentType } from 'react'
import { useBlocker } from 'react-router'
import { t } from '../messages/catalogue'
import type { LeaveDialogProps } from './LeaveDialog'

/** What would be lost: secrets that are shown only here, one that is on its way here, or work that has not begun yet. */
export type AtStake = 'secret' | 'creation' | 'work'

export const leaveWords = {
  secret: { title: 'leave.title', text: 'leave.text' },
  creation: { title: 'leave.creationTitle', text: 'leave.creationText' },
  work: { title: 'across.leaveTitle', text: 'across.leaveText' },
} as const

type LoadedDialog =
  | { kind: 'loading' }
  | { kind: 'here'; Dialog: ComponentType<LeaveDialogProps> }
  /** It did not come: the browser asks in its own way. */
  | { kind: 'missing' }

/** While active, every way off the page asks first: links and Back in our words, closing and reloading in the browser's. */
export function LeaveGuard({ isActive, atStake = 'secret' }: { isActive: boolean; atStake?: AtStake }) {
  const blocker = useBlocker(isActive)
  useEffect(() => {
    if (!isActive) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isActive])

  // Fetched ahead: when it is needed the network may be what failed. Not by `lazy`, which would take the page down then.
  const [dialog, setDialog] = useState<LoadedDialog>({ kind: 'loading' })
  useEffect(() => {
    import('./LeaveDialog').then(
      ({ LeaveDialog }) => setDialog({ kind: 'here', Dialog: LeaveDialog }),
      () => setDialog({ kind: 'missing' }),
    )
  }, [])
  const isAskedPlainly = blocker.state === 'blocked' && dialog.kind === 'missing'
  useEffect(() => {
    if (!isAskedPlainly) return
    if (window.confirm(t(leaveWords[atStake].text))) blocker.proceed()
    else blocker.reset()
  }, [isAskedPlainly, atStake, blocker])

  if (blocker.state !== 'blocked' || dialog.kind !== 'here') return null
  return <dialog.Dialog atStake={atStake} onStay={blocker.reset} onLeave={blocker.proceed} />
}
