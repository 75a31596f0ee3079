/** A smaller difference of clocks is nobody's concern, in milliseconds. */
export const NOTABLE_SKEW_MS = 120_000

/**
 * How far a server's clock is ahead of this machine's, in milliseconds. The server read it at some moment between question
 * and answer, and left the part of the second out: what this alone explains is no difference.
 * @param serverTime what the answer's Date says; null where it does not
 * @param sentAt when the question left, and
 * @param receivedAt when the answer was here, in milliseconds by this machine's clock
 */
export function clockSkewOf(serverTime: Date | null, sentAt: number, receivedAt: number): number {
  if (serverTime === null) return 0
  const [least, most] = [serverTime.getTime() - receivedAt, serverTime.getTime() + 1000 - sentAt]
  return least <= 0 && most >= 0 ? 0 : Math.round((least + most) / 2)
}
