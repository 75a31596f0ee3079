/**
 * What the tabs of one browser tell each other, so that they agree: a write has ended, somebody logged in or out, a session
 * turned out to have ended. Names only, never a secret. What comes is parsed: another tab may run another version.
 */
import * as v from 'valibot'

const connection = v.pipe(v.string(), v.maxLength(300))
const news = v.variant('kind', [
  /** A write of an account has ended somehow: its list is to be read anew. */
  v.object({
    kind: v.literal('wrote'),
    connection,
    user: v.exactOptional(connection),
    isWhmUser: v.exactOptional(v.literal(true)),
  }),
  v.object({ kind: v.literal('logged-in'), connection }),
  /** Out of one or of all: the list of connections tells. */
  v.object({ kind: v.literal('logged-out') }),
  /** The server knows this login no more. */
  v.object({ kind: v.literal('ended'), connection }),
])

export type News = v.InferOutput<typeof news>

const NAME = 'keyring'

/** One for the whole page: what it says by itself it does not hear. Null where this browser has no channels. */
let channel: BroadcastChannel | null | undefined

function openChannel(): BroadcastChannel | null {
  if (channel === undefined) {
    channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME)
    // Under Node it would keep a program from ending.
    if (channel !== null && 'unref' in channel && typeof channel.unref === 'function') channel.unref()
  }
  return channel
}

/** Tells the other tabs. Nothing depends on it: where it fails, they notice later by themselves. */
export function tellTabs(what: News): void {
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none: it is of one origin
    openChannel()?.postMessage(what)
  } catch {
    // No channel in this browser.
  }
}

/** Calls back with what other tabs tell, until the function it returns is called. */
export function hearTabs(onNews: (what: News) => void): () => void {
  function hear({ data }: MessageEvent<unknown>): void {
    const told = v.safeParse(news, data)
    if (told.success) onNews(told.output)
  }
  const opened = openChannel()
  opened?.addEventListener('message', hear)
  return () => opened?.removeEventListener('message', hear)
}
