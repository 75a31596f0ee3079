import { useMutation, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { CpanelError } from '../cpanel/errors'
import type { Account } from '../cpanel/tokens'
import { leaveNote, type Write } from '../session/journal'

type SoleMutation<Result, Variables> = Omit<UseMutationResult<Result, Error, Variables>, 'mutate' | 'mutateAsync'> & {
  mutate: (variables: Variables) => void
}

/**
 * A mutation that runs once at a time: a second press while the first is under way does nothing. `isPending` alone comes a
 * moment too late for a double click, and the answer of a second create would push the first one's secret off the screen.
 */
export function useSoleMutation<Result, Variables, Context = unknown>(
  options: UseMutationOptions<Result, Error, Variables, Context>,
): SoleMutation<Result, Variables> {
  const { mutateAsync, ...mutation } = useMutation<Result, Error, Variables, Context>(options)
  const isUnderWay = useRef(false)

  function mutate(variables: Variables): void {
    if (isUnderWay.current) return
    isUnderWay.current = true
    // Its failure is in `mutation.error`, where the page shows it.
    void mutateAsync(variables)
      .catch(() => {})
      .finally(() => {
        isUnderWay.current = false
      })
  }

  return { ...mutation, mutate }
}

/** Whether the form that began a write is still there when it ends, and can show how. */
export function useIsHere(): { readonly current: boolean } {
  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return isHere
}

/**
 * Whether somebody is still where they began a write when it ends: who has left meanwhile is not to be led away. Told by the
 * address, since the form itself may be gone because the list shows already what it did.
 */
export function useIsOnPage(): () => boolean {
  const [begun] = useState(addressNow)
  return () => addressNow() === begun
}

function addressNow(): string | undefined {
  return globalThis.location?.pathname
}

/** Has a failure told elsewhere whose screen was left before it came. One whose end is open has left its note already. */
export function leaveBehind(account: Account, write: Write, error: Error): void {
  if (error instanceof CpanelError && !error.isUnresolved) leaveNote(account, write, true)
}
