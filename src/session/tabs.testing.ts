/** Another tab of the same browser: hears what this one tells, and tells what it is told to. */
export function openOtherTab(): { heard: unknown[]; say: (what: unknown) => void; close: () => void } {
  const channel = new BroadcastChannel('keyring')
  const heard: unknown[] = []
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => heard.push(data))
  return {
    heard,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    say: (what) => channel.postMessage(what),
    close: () => channel.close(),
  }
}
