import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { AppHeader } from '../components/AppHeader'
import { DemoLogins } from '../components/DemoLogins'
import { ErrorNotice } from '../components/ErrorNotice'
import { PageTitle } from '../components/PageFrame'
import { SignInForm, type Who } from '../components/SignInForm'
import { connectionsQuery, demoLoginsQuery, serversQuery } from '../data/connections'
import { t } from '../messages/catalogue'
import { connectionIn, paths, safeNext, startOf } from '../paths'
import { connectionParts, type Connection, type DemoLogin, type ServerSummary } from '../session/connections'
import { RadioGroup } from '../ui/Choice'
import { Field, inputClass } from '../ui/Field'
import { Notice } from '../ui/Notice'
import { Skeleton } from '../ui/Skeleton'

const kindLabels = { cpanel: 'signIn.kind.cpanel', whm: 'signIn.kind.whm' } as const

export function SignInPage() {
  const servers = useQuery(serversQuery)
  const demo = useQuery(demoLoginsQuery)
  const others = (useQuery(connectionsQuery).data ?? []).filter(({ hasEnded }) => !hasEnded)
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const next = safeNext(search.get('next'))
  const wanted = connectionParts(connectionIn(next ?? '') ?? '')
  const [chosen, setChosen] = useState<Partial<Who>>({})
  const [login, setLogin] = useState<DemoLogin | null>(null)

  function goOn(connection: Connection) {
    const about = next === null ? null : connectionIn(next)
    // Somebody else signed in than the address was about: then its page is not for them.
    const isForThem = next !== null && (about === connection.id || next.startsWith(paths.allTokens))
    void navigate(isForThem ? next : startOf(connection), { replace: true })
  }

  function use(demoLogin: DemoLogin) {
    setChosen({ server: demoLogin.server, kind: demoLogin.kind, username: demoLogin.username })
    setLogin(demoLogin)
  }

  return (
    <>
      <PageTitle title={t('signIn.title')} />
      <AppHeader />
      <main
        id="content"
        className="mx-auto grid max-w-4xl items-start gap-6 px-4 py-8 sm:py-14 md:grid-cols-2 md:has-[>:only-child]:max-w-md md:has-[>:only-child]:grid-cols-1"
      >
        <section className="flex flex-col gap-5 rounded-2xl border border-line bg-surface p-6">
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
              who={settle(servers.data, { ...wanted, ...chosen })}
              onChange={(change) => setChosen({ ...chosen, ...change })}
              onSignedIn={goOn}
              password={login?.password ?? ''}
            />
          )}
          <p className="text-sm text-muted">{t('signIn.safety')}</p>
        </section>
        {demo.data && demo.data.length > 0 && <DemoLogins logins={demo.data} onUse={use} />}
      </main>
    </>
  )
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
  onSignedIn: (connection: Connection) => void
  password: string
}

function WhereAndWho({ servers, who, onChange, onSignedIn, password }: WhereAndWhoProps) {
  const kinds = servers.find(({ id }) => id === who.server)?.kinds ?? []
  return (
    <>
      {servers.length > 1 && (
        <Field label={t('signIn.server')}>
          {(control) => (
            <select
              {...control}
              className={inputClass}
              value={who.server}
              onChange={(event) => onChange({ server: event.target.value })}
            >
              {servers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
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
