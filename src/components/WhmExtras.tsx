import type { Account } from '../cpanel/tokens'
import { ParentNode } from './ParentNode'
import { WhichToken } from './WhichToken'
import { useServerNow } from './useServerNow'

/** What the list of a WHM user has besides its tokens. */
export function WhmExtras({ account, clockSkewMs }: { account: Account; clockSkewMs: number }) {
  return (
    <>
      <ParentNode connection={account.connection} />
      <WhichToken account={account} now={useServerNow(clockSkewMs)} />
    </>
  )
}
