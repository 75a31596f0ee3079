import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CircleX, LoaderCircle, LogOut, Plus } from 'lucide-react'
import { useSyncExternalStore, type RefObject } from 'react'
import { Link, useNavigate } from 'react-router'
import { aliveQuery, connectionsQuery, serversQuery, signOutMutation, signOutOfAllMutation } from '../data/connections'
import { t } from '../messages/catalogue'
import { paths, startOf } from '../paths'
import type { Connection } from '../session/connections'
import { endedConnections } from '../session/ended'
import { unreachableConnections } from '../session/health'
import { Button, buttonClass } from '../ui/Button'
import { PanelPopup } from '../ui/PanelPopup'
import { lastView } from './lastView'

type ConnectionPanelProps = {
  current: string | null
  trigger: RefObject<HTMLButtonElement | null>
  onClose: () => void
}

/** Every login of this session with how it is, asked anew when the panel opens; none waits for another. */
export function ConnectionPanel({ current, trigger, onClose }: ConnectionPanelProps) {
  const navigate = useNavigate()
  const connections = useQuery(connectionsQuery).data ?? []
  const signOut = useMutation(signOutMutation)
  const signOutOfAll = useMutation(signOutOfAllMutation)
  const checks = useQueries({
    queries: connections.map((connection) => ({ ...aliveQuery(connection), enabled: !connection.hasEnded })),
  })
  const hasMany = connections.length > 1 || connections.some(({ kind }) => kind === 'whm')

  function leave(id: string) {
    signOut.mutate(id, {
      onSuccess: () => {
        if (id === current || connections.length === 1) void navigate(paths.home)
        if (id === current || connections.length === 1) onClose()
      },
    })
  }

  return (
    <PanelPopup label={t('connections.title')} trigger={trigger} onClose={onClose}>
      <h2 className="px-4 pt-3 pb-1 text-sm font-semibold text-muted">{t('connections.title')}</h2>
      <ul className="divide-y divide-line">
        {connections.map((connection, index) => (
          <ConnectionRow
            key={connection.id}
            connection={connection}
            isCurrent={connection.id === current}
            isChecking={checks[index]?.isFetching ?? false}
            onClose={onClose}
            onSignOut={() => leave(connection.id)}
          />
        ))}
      </ul>
      {(signOut.isError || signOutOfAll.isError) && (
        <p role="alert" className="px-4 py-2 text-sm text-danger">
          {t('connections.logOutFailed')}
        </p>
      )}
      <div className="flex flex-wrap gap-1 border-t border-line p-2">
        {hasMany && (
          <Link to={lastView()} onClick={onClose} className={buttonClass('quiet', 'small', 'sm:hidden')}>
            {t('connections.allTokens')}
          </Link>
        )}
        <Link to={paths.signIn()} onClick={onClose} className={buttonClass('quiet', 'small')}>
          <Plus aria-hidden className="size-4" />
          {t('connections.add')}
        </Link>
        <Button
          look="quiet"
          size="small"
          className="ml-auto"
          isBusy={signOutOfAll.isPending}
          onClick={() =>
            signOutOfAll.mutate(undefined, {
              onSuccess: () => {
                onClose()
                void navigate(paths.signIn())
              },
            })
          }
        >
          <LogOut aria-hidden className="size-4" />
          {t('connections.logOutAll')}
        </Button>
      </div>
    </PanelPopup>
  )
}

type ConnectionRowProps = {
  connection: Connection
  isCurrent: boolean
  isChecking: boolean
  onClose: () => void
  onSignOut: () => void
}

function ConnectionRow({ connection, isCurrent, isChecking, onClose, onSignOut }: ConnectionRowProps) {
  const { kind, username: user } = connection
  const servers = useQuery(serversQuery)
  const server = servers.data?.find(({ id }) => id === connection.server)?.name ?? connection.server
  const start = startOf(connection)
  const health = useHealth(connection)
  return (
    <li className="flex items-center gap-2 py-1 pr-2 pl-1">
      <Link
        to={start}
        onClick={onClose}
        aria-current={isCurrent ? 'true' : undefined}
        className="flex min-w-0 grow flex-col rounded-lg border-l-3 border-transparent px-3 py-1.5 hover:bg-sunken aria-[current]:border-accent"
      >
        <span className="truncate font-medium">{t('connections.current', { user, server })}</span>
        <span className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          {t(`connections.${kind}`)}
          <Health health={health} isChecking={isChecking} />
        </span>
      </Link>
      {health === 'expired' && (
        <Link
          to={paths.signIn(start)}
          onClick={onClose}
          aria-label={t('connections.againOf', { user, server })}
          className={buttonClass('secondary', 'small', 'shrink-0')}
        >
          {t('connections.again')}
        </Link>
      )}
      <Button
        look="quiet"
        size="small"
        className="shrink-0"
        aria-label={t('connections.logOutOf', { user, server })}
        onClick={onSignOut}
      >
        {t('connections.logOut')}
      </Button>
    </li>
  )
}

type HealthKind = 'signed-in' | 'expired' | 'unreachable'

function useHealth({ id, hasEnded }: Connection): HealthKind {
  const ended = useSyncExternalStore(endedConnections.subscribe, endedConnections.current)
  const unreachable = useSyncExternalStore(unreachableConnections.subscribe, unreachableConnections.current)
  if (hasEnded || ended.has(id)) return 'expired'
  return unreachable.has(id) ? 'unreachable' : 'signed-in'
}

const looks = {
  'signed-in': { Icon: CircleCheck, color: 'text-ok' },
  expired: { Icon: CircleX, color: 'text-danger' },
  unreachable: { Icon: CircleAlert, color: 'text-warn' },
}

function Health({ health, isChecking }: { health: HealthKind; isChecking: boolean }) {
  const { Icon, color } = looks[health]
  if (isChecking) {
    return (
      <span className="inline-flex items-center gap-1">
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        {t('connections.checking')}
      </span>
    )
  }
  return (
    <span className={`inline-flex items-center gap-1 font-medium ${color}`}>
      <Icon aria-hidden className="size-4" />
      {t(`connections.health.${health}`)}
    </span>
  )
}
