/** How our processes come to know that they are to end. */

/**
 * Calls `end` once: on Ctrl-C, on SIGTERM, or when left alone (see there).
 *
 * @param {(code: number) => void | Promise<void>} end gets the exit code that says by which signal
 * @returns {() => void} stops listening
 */
export function whenToEnd(end) {
  const once = (code) => () => {
    stop()
    void end(code)
  }
  const interrupt = once(130)
  const terminate = once(143)
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', terminate)
  const watch = whenLeftAlone(terminate)

  function stop() {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', terminate)
    clearInterval(watch)
  }
  return stop
}

/**
 * Calls `end` when the npm that started us is gone. npm passes a signal on to the shell in between, the shell ends,
 * and nobody tells us: the server would keep its port.
 *
 * @param {() => void} end
 * @returns {NodeJS.Timeout | undefined} for clearInterval
 */
export function whenLeftAlone(end) {
  // Without npm a parent may well go while we stay: a shell that started us in the background.
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    end()
  }, 500)
  return watch.unref()
}
