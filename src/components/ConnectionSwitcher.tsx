import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { Link } from 'react-router'
import { connectionsQuery, serversQuery } from '../data/connections'
import { t } from '../messages/catalogue'
import { connectionParts } from '../session/connections'
import { Button, buttonClass } from '../ui/Button'
import { lastView } from './lastView'
import { lazyExtra } from '../ui/lazyExtra'

const loadPanel = () => import('./ConnectionPanel')
const ConnectionPanel = lazyExtra(() => loadPanel().then((module) => module.ConnectionPanel))

/** Who is logged in where, in the header. It opens a panel with every login of this session; `current` is the page's own. */
export function ConnectionSwitcher({ current }: { current: string | null }) {
  const connections = useQuery(connectionsQuery)
  const servers = useQuery(serversQuery)
  const trigger = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const all = connections.data ?? []
  const parts = current === null ? null : connectionParts(current)
  const server = servers.data?.find(({ id }) => id === parts?.server)?.name ?? parts?.server ?? ''
  const label = parts
    ? t('connections.current', { user: parts.username, server })
    : t('connections.count', { count: all.length })
  const hasMany = all.length > 1 || all.some(({ kind }) => kind === 'whm')

  return (
    <>
      {hasMany && (
        <Link
          to={lastView()}
          className={buttonClass('quiet', 'small', 'max-sm:hidden aria-[current=page]:bg-accent-soft')}
          aria-current={current === null ? 'page' : undefined}
        >
          {t('connections.allTokens')}
        </Link>
      )}
      <span className="order-last flex w-full min-w-0 sm:order-none sm:w-auto">
        <Button
          ref={trigger}
          size="small"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-label={t('connections.open', { label })}
          onPointerEnter={() => void loadPanel()}
          onFocus={() => void loadPanel()}
          onClick={(event) => {
            // Safari does not focus a button that is clicked, and the panel gives focus back to it.
            event.currentTarget.focus()
            setIsOpen(true)
          }}
          className="min-w-0 max-sm:w-full"
        >
          <span className="truncate max-sm:grow max-sm:text-left sm:max-w-80">{label}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0" />
        </Button>
      </span>
      {isOpen && (
        <Suspense fallback={null}>
          <ConnectionPanel current={current} trigger={trigger} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
