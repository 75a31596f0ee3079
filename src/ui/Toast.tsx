import { CircleCheck, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'

type Toast = { id: number; text: string }

const SHOWN_MS = 8_000
let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says that something worked. Failures stay where the person acted; a secret never comes here. */
export function toast(text: string): void {
  const id = nextId++
  change([...toasts.slice(-2), { id, text }])
  setTimeout(() => dismiss(id), SHOWN_MS)
}

function dismiss(id: number): void {
  change(toasts.filter((one) => one.id !== id))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where toasts appear. Always in the page, since a live region that comes with its text is not announced. */
export function ToastRegion({ dismissLabel }: { dismissLabel: string }) {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2 sm:items-end"
    >
      {shown.map(({ id, text }) => (
        <div
          key={id}
          className="pointer-events-auto flex max-w-md items-start gap-3 rounded-xl border border-line bg-raised py-3 pr-2 pl-4 shadow-lg"
        >
          <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-ok" />
          <p className="grow wrap-anywhere">{text}</p>
          <button
            type="button"
            aria-label={dismissLabel}
            onClick={() => dismiss(id)}
            className="-my-1 flex size-8 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-sunken"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
      ))}
    </div>
  )
}
