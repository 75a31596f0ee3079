/**
 * Milliseconds to wait before asking once more: longer each time, and never the same for everybody.
 * @param attempt 0 for the first wait
 */
export function backoff(attempt: number, firstMs: number, mostMs: number): number {
  return Math.min(firstMs * 2 ** attempt, mostMs) * (0.5 + Math.random() / 2)
}

/** Waits so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
