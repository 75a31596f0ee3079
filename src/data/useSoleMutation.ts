import { useMutation, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query'
import { useRef } from 'react'

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
