import { useMatch, useParams } from 'react-router'
import type { Account } from '../cpanel/tokens'
import { accountOf, whmUserOf } from '../data/tokens'

/** Whose tokens the URL is about: the connection's own account, `:user` through a WHM connection, or the WHM user itself. */
export function useAccount(): Account {
  const { connection = '', user } = useParams()
  const isOfWhm = useMatch('/c/:connection/whm-tokens/*') !== null
  return isOfWhm ? whmUserOf(connection) : accountOf(connection, user)
}
