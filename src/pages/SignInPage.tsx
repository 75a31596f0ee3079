import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Suspense, lazy, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { AppHeader } from '../components/AppHeader'
import { DemoLogins } from '../components/DemoLogins'
import { ErrorNotice } from '../components/ErrorNotice'
import { PageTitle } from '../components/PageFrame'
import { ServerChoice } from '../components/ServerChoice'
import { SignInForm, type Who } from '../components/SignInForm'
import { addingQuery, connectionsQuery, demoLoginsQuery, serversQuery } from '../data/connections'
import { t } from '../messages/catalogue'
import { connectionIn, paths, safeNext, startOf } from '../paths'
import { connectionParts, type Connection, type DemoLogin, type ServerSummary } from '../session/connections'
import { RadioGroup } from '../ui/Choice'
import { Notice } from '../ui/Notice'
import { remember, remembered } from '../ui/remember'
import { Skeleton } from '../ui/Skeleton'

const AddServer = lazy(() => import('../components/AddServer').then((module) => ({ default: module.AddServer })))

/** `again`: an added server whose certificate has changed; else a new one is added. */
type Adding = { again: ServerSummary | null }

const kindLabels = { cpanel: 'signIn.kind.cpanel', whm: 'signIn.kind.whm' } as const

export function SignInPage() {
  const servers = useQuery(serversQuery)
  const demo = useQuery(demoLoginsQuery)
  const canAdd = useQuery(addingQuery).data ?? false
  const others = (useQuery(connectionsQuery).data ?? []).filter(({ hasEnded }) => !hasEnded)
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const next = safeNext(search.get('next'))
  const wanted = connectionParts(connectionIn(next ?? '') ?? '')
  const [chosen, setChosen] = useState<Partial<Who>>({})
  const [login, setLogin] = useState<DemoLogin | null>(null)
  const [adding, setAdding] = useState<Adding | null>(null)
  const [focused, setFocused] = useState<'list' | 'add' | null>(null)

  function goOn(connection: Connection) {
    remember('server', connection.server)
    const about = next === null ? null : connectionIn(next)
    // Somebody else signed in than the address was about: then its page is not for them.
    const isForThem = next !== null && (about === connection.id || next.startsWith(paths.allTokens))
    void navigate(isForThem ? next : startOf(connection), { replace: true })
  }

  function use(demoLogin: DemoLogin) {
    setChosen({ server: demoLogin.server, kind: demoLogin.kind, username: demoLogin.username })
    setLogin(demoLogin)
    setAdding(null)
  }

  function stopAdding(server?: string) {
    setAdding(null)
    setFocused(server === undefined ? 'add' : 'list')
    if (server !== undefined) setChosen({ ...chosen, server })
  }

  return (
    <>
      {adding === null && <PageTitle title={t('signIn.title')} />}
      <AppHeader />
      <main
        id="content"
        className={clsx(
          'mx-auto grid max-w-4xl items-start gap-6 px-4 py-8 sm:py-14 md:grid-cols-2 md:has-[>:only-child]:grid-cols-1',
          adding === null ? 'md:has-[>:only-child]:max-w-md' : 'md:has-[>:only-child]:max-w-2xl',
        )}
      >
        <section className="flex flex-col gap-5 rounded-2xl border border-line bg-surface p-6">
          {adding !== null ? (
            <Suspense fallback={<FormSkeleton />}>
              <AddServer again={adding.again} onDone={stopAdding} onCancel={() => stopAdding()} />
            </Suspense>
          ) : (
            <>
              <header>
                <h1 className="text-2xl font-bold tracking-tight">{t('signIn.title')}</h1>
                <p className="mt-1 text-muted">{t('signIn.lead')}</p>
              </header>
              {others.length > 0 && <AddingTo others={others} />}
              {servers.isPending && <FormSkeleton />}
              {servers.isError && (
                <ErrorNotice
                  title={t('error.loadServers')}
                  error={servers.error}
                  onRetry={() => void servers.refetch()}
                  isRetrying={servers.isFetching}
                />
              )}
              {servers.data?.length === 0 && (
                <Notice tone="warn" title={t('signIn.noServers')}>
                  <p>{t('signIn.noServersText')}</p>
                </Notice>
              )}
              {servers.data?.[0] && (
                <WhereAndWho
                  key={login?.username ?? ''}
                  servers={servers.data}
                  who={settle(servers.data, { ...lastServer(), ...wanted, ...chosen })}
                  onChange={(change) => setChosen({ ...chosen, ...change })}
                  onAdd={canAdd ? (again) => setAdding({ again }) : undefined}
                  focused={focused}
                  onSignedIn={goOn}
                  password={login?.password ?? ''}
                />
              )}
              <p className="text-sm text-muted">{t('signIn.safety')}</p>
            </>
          )}
        </section>
        {adding === null && demo.data && demo.data.length > 0 && <DemoLogins logins={demo.data} onUse={use} />}
      </main>
    </>
  )
}

/** Whoever has several mostly goes on with the one of last time. */
function lastServer(): Partial<Who> {
  const server = remembered('server')
  return server === null ? {} : { server }
}

/** What was chosen, where it exists; else the first server and its first door. */
function settle(servers: readonly ServerSummary[], { server, kind, username }: Partial<Who>): Who {
  const known = servers.find(({ id }) => id === server) ?? servers[0]
  const kinds = known?.kinds ?? []
  return {
    server: known?.id ?? '',
    kind: kinds.find((one) => one === kind) ?? kinds[0] ?? 'cpanel',
    username: username ?? '',
  }
}

type WhereAndWhoProps = {
  servers: readonly ServerSummary[]
  who: Who
  onChange: (change: Partial<Who>) => void
  /** Adds a server, or looks `again` at an added one. Left out where nobody may. */
  onAdd: ((again: ServerSummary | null) => void) | undefined
  focused: 'list' | 'add' | null
  onSignedIn: (connection: Connection) => void
  password: string
}

function WhereAndWho({ servers, who, onChange, onAdd, focused, onSignedIn, password }: WhereAndWhoProps) {
  const server = servers.find(({ id }) => id === who.server)
  const kinds = server?.kinds ?? []
  return (
    <>
      {(servers.length > 1 || onAdd) && (
        <ServerChoice
          servers={servers}
          chosen={who.server}
          onChoose={(id) => onChange({ server: id })}
          onAdd={onAdd && (() => onAdd(null))}
          focused={focused}
        />
      )}
      <RadioGroup
        isInline
        label={t('signIn.kind')}
        value={who.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(kindLabels[kind]) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <SignInForm
        who={who}
        onUsername={(username) => onChange({ username })}
        onSignedIn={onSignedIn}
        onLook={onAdd && server?.isAdded ? () => onAdd(server) : undefined}
        password={password}
      />
    </>
  )
}

const NAMED = 3

/** Who is logged in already stays so: said, or people log out first for fear. */
function AddingTo({ others }: { others: readonly Connection[] }) {
  const named = others.slice(0, NAMED).map(({ username }) => username)
  const users = named.join(', ')
  const count = others.length - named.length
  return (
    <Notice
      tone="info"
      actions={
        <Link to={paths.home} className="text-accent underline underline-offset-2">
          {t('connections.backToThem')}
        </Link>
      }
    >
      <p>{t('connections.adding', { users: count > 0 ? t('connections.adding.more', { users, count }) : users })}</p>
    </Notice>
  )
}

function FormSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
