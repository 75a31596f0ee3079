import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import type { Api } from '../cpanel/call'
import { asCpanelError, mayPass, type CpanelError } from '../cpanel/errors'
import { endedConnections } from '../session/ended'
import { noteAnswer, noteFailure } from '../session/health'
import { noteReach } from '../session/reach'
import { backoff } from './backoff'

/** The proxy on the page's own origin. */
export const api: Api = { base: '/api' }

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Error
    queryMeta: { connection?: string }
    mutationMeta: { connection?: string }
  }
}

type Meta = { connection?: string } | undefined

/** Where a call says that nobody is signed in any more, the frame asks for a sign-in and the page stays as it is. */
export function noticeFailure(thrown: Error, meta: Meta): void {
  const error = asCpanelError(thrown)
  noteReach(error)
  if (meta?.connection === undefined) return
  if (error.kind === 'unauthenticated') endedConnections.add(meta.connection)
  noteFailure(meta.connection, error)
}

export function noticeAnswer(meta: Meta): void {
  noteReach(null)
  if (meta?.connection !== undefined) noteAnswer(meta.connection)
}

/** A server that says how long to leave it alone is asked when that is over (data/recovery.ts), not before. */
function mayBeAskedAgain(error: CpanelError): boolean {
  return mayPass(error) && error.retryAfterSeconds === undefined
}

/** The one cache. It holds names and dates of tokens, never a secret. Writes are never retried by themselves. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => noticeFailure(error, query.meta),
    onSuccess: (_data, query) => noticeAnswer(query.meta),
  }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => noticeFailure(error, mutation.meta),
    onSuccess: (_data, _variables, _result, mutation) => noticeAnswer(mutation.meta),
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && mayBeAskedAgain(asCpanelError(error)),
      retryDelay: (attempt) => backoff(attempt, 500, 4_000),
      refetchOnWindowFocus: true,
      // A Keyring on this machine answers without any network, and waiting for one would say nothing.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
