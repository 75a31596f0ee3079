import { useMutation, useQuery } from '@tanstack/react-query'
import { Suspense, useSyncExternalStore } from 'react'
import { Link, NavLink, Outlet, useLocation, useNavigate, useParams } from 'react-router'
import { AppHeader, LogOutButton } from '../components/AppHeader'
import { ConnectionSwitcher } from '../components/ConnectionSwitcher'
import { ErrorNotice } from '../components/ErrorNotice'
import { connectionsQuery, signOutMutation } from '../data/connections'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { connectionParts } from '../session/connections'
import { endedConnections } from '../session/ended'
import { lazyExtra } from '../ui/lazyExtra'

const OfflineAndUnfinished = lazyExtra(() =>
  import('../components/OfflineAndUnfinished').then((module) => module.OfflineAndUnfinished),
)
const SignInAgain = lazyExtra(() => import('../components/SignInAgain').then((module) => module.SignInAgain))

/** The frame around everything of one connection: header, whose account it is, and a sign-in over the page when it ended. */
export function AccountFrame() {
  const { connection: id = '', user } = useParams()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const connections = useQuery(connectionsQuery)
  const signOut = useMutation(signOutMutation)
  const ended = useSyncExternalStore(endedConnections.subscribe, endedConnections.current)
  const connection = connections.data?.find((one) => one.id === id) ?? connectionParts(id)
  if (connection === null) return null

  // Another tab may have signed out: then the list of connections says so before any call fails.
  const isListed = connections.data === undefined || connections.data.some((one) => one.id === id && !one.hasEnded)
  const hasEnded = ended.has(id) || !isListed
  async function leave() {
    await signOut.mutateAsync(id)
    // To what else one is logged in to, or to log in.
    await navigate(paths.home)
  }

  return (
    <>
      <AppHeader>
        <ConnectionSwitcher current={id} />
        <LogOutButton isSigningOut={signOut.isPending} onSignOut={() => void leave().catch(() => {})} />
      </AppHeader>
      {connection.kind === 'whm' && user === undefined && <WhmNav connection={id} />}
      {user !== undefined && (
        <div className="border-b border-warn/40 bg-warn-soft">
          <p className="mx-auto flex max-w-6xl flex-wrap gap-x-4 px-4 py-2 sm:px-6">
            {t('header.actingAs', { user })}
            <Link to={paths.accounts(id)} className="text-accent underline underline-offset-2">
              {t('header.backToAccounts')}
            </Link>
          </p>
        </div>
      )}
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex max-w-6xl flex-col gap-5 px-4 pt-6 pb-24 sm:px-6 sm:pt-8"
      >
        <Suspense fallback={null}>
          <OfflineAndUnfinished />
        </Suspense>
        {signOut.error && <ErrorNotice title={t('header.signOutFailed')} error={signOut.error} />}
        <Outlet />
      </main>
      {hasEnded && (signOut.isIdle || signOut.isError) && (
        <Suspense fallback={null}>
          <SignInAgain connection={connection} onLeave={() => void navigate(paths.signIn(pathname + search))} />
        </Suspense>
      )}
    </>
  )
}

/** What a WHM login has: the accounts of its server, and tokens of its own. */
function WhmNav({ connection }: { connection: string }) {
  const places = [
    { to: paths.accounts(connection), words: t('whm.nav.accounts') },
    { to: paths.tokens({ connection, isWhmUser: true }), words: t('whm.nav.tokens') },
  ]
  return (
    <nav aria-label={t('whm.nav')} className="border-b border-line bg-surface">
      <ul className="mx-auto flex max-w-6xl gap-x-1 px-3 sm:px-5">
        {places.map(({ to, words }) => (
          <li key={to}>
            <NavLink
              to={to}
              className="flex min-h-10 items-center border-b-2 border-transparent px-2 text-sm font-medium text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
            >
              {words}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
