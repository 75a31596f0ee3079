/** Where log lines go; stderr outside tests, since stdout carries the one Ready line. */
export type LogStream = { write: (line: string) => void }

let waiting = ''

/**
 * Writes to stderr, all lines of one turn of the event loop at once: under load a write for each would be a good part of all
 * work. What a crash finds waiting is written as the process ends; only what kills it at once may cost the last turn's. The
 * audit log doesn't go this way.
 */
export function stderrInBatches(): LogStream {
  if (!process.listeners('exit').includes(flush)) process.on('exit', flush)
  return {
    write(line) {
      if (waiting === '') setImmediate(flush)
      waiting += line
    },
  }
}

function flush(): void {
  if (waiting !== '') process.stderr.write(waiting)
  waiting = ''
}
