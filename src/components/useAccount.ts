import { useParams } from 'react-router'
import type { Account } from '../cpanel/uapi'
import { accountOf } from '../data/tokens'

/** The account the URL is about: of the connection itself, or `:user` through a WHM connection. */
export function useAccount(): Account {
  const { connection = '', user } = useParams()
  return accountOf(connection, user)
}
