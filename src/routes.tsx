import { createBrowserRouter, redirect, type LoaderFunctionArgs, type ShouldRevalidateFunctionArgs } from 'react-router'
import { addingQuery, demoLoginsQuery, connectionsQuery, serversQuery } from './data/connections'
import { accountsQuery, privilegesQuery } from './data/accounts'
import { queryClient } from './data/queryClient'
import { accountOf, tokensQuery, whmUserOf } from './data/tokens'
import { AccountFrame } from './pages/AccountFrame'
import { CrashPage } from './pages/CrashPage'
import { ListTokensPage } from './pages/ListTokensPage'
import { Starting } from './pages/Starting'
import { paths, startOf } from './paths'

/**
 * Every route of the app. A loader only starts its queries: code, data and session come side by side, and the page shows
 * its skeleton meanwhile. Pages are lazy, but for the list that nearly every visit starts with: it comes with the app, in one
 * request instead of two after another. `lazy` is a function each time: of an object of them, React Router 7.18 keeps a failure to
 * itself where the route has no loader, and shows a white page.
 */
export const router = createBrowserRouter([
  {
    HydrateFallback: Starting,
    ErrorBoundary: CrashPage,
    children: [
      { path: '/', loader: goHome, Component: Starting },
      {
        path: '/sign-in',
        loader: startSignIn,
        lazy: async () => ({ Component: (await import('./pages/SignInPage')).SignInPage }),
      },
      {
        path: '/c/:connection',
        loader: requireConnection,
        shouldRevalidate: isOtherConnection,
        Component: AccountFrame,
        children: [
          { index: true, loader: goHome, Component: Starting },
          {
            path: 'accounts',
            loader: startAccounts,
            shouldRevalidate: isOtherPage,
            lazy: async () => ({ Component: (await import('./pages/AccountsPage')).AccountsPage }),
          },
          {
            path: 'whm-tokens',
            loader: startWhmTokens,
            shouldRevalidate: isOtherPage,
            children: [
              { index: true, Component: ListTokensPage },
              {
                path: 'create',
                lazy: async () => ({ Component: (await import('./pages/GenerateWhmTokenPage')).GenerateWhmTokenPage }),
              },
              {
                path: ':name',
                lazy: async () => ({ Component: (await import('./pages/EditWhmTokenPage')).EditWhmTokenPage }),
              },
              {
                path: ':name/rotate',
                lazy: async () => ({ Component: (await import('./pages/RotateWhmTokenPage')).RotateWhmTokenPage }),
              },
            ],
          },
          ...['tokens', 'accounts/:user/tokens'].map((path) => ({
            path,
            loader: startTokens,
            shouldRevalidate: isOtherPage,
            children: [
              { index: true, Component: ListTokensPage },
              {
                path: 'create',
                lazy: async () => ({ Component: (await import('./pages/CreateTokenPage')).CreateTokenPage }),
              },
              {
                path: ':name',
                lazy: async () => ({ Component: (await import('./pages/ManageTokenPage')).ManageTokenPage }),
              },
              {
                path: ':name/rotate',
                lazy: async () => ({ Component: (await import('./pages/RotateTokenPage')).RotateTokenPage }),
              },
            ],
          })),
        ],
      },
      {
        path: paths.allTokens,
        loader: startAllTokens,
        shouldRevalidate: isOtherPage,
        lazy: async () => ({ Component: (await import('./pages/AllFrame')).AllFrame }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./pages/AllTokensPage')).AllTokensPage }) },
          {
            path: 'create',
            lazy: async () => ({ Component: (await import('./pages/CreateOnManyPage')).CreateOnManyPage }),
          },
        ],
      },
      { path: '*', lazy: async () => ({ Component: (await import('./pages/NotFoundPage')).NotFoundPage }) },
    ],
  },
])

/** To the first connection's start page, or to sign in. */
async function goHome({ params }: LoaderFunctionArgs) {
  const connections = await queryClient.ensureQueryData(connectionsQuery)
  const connection =
    connections.find(({ id }) => id === params['connection']) ??
    connections.find(({ hasEnded }) => !hasEnded) ??
    connections[0]
  return redirect(connection === undefined ? paths.signIn() : startOf(connection))
}

function startSignIn() {
  void queryClient.prefetchQuery(serversQuery)
  void queryClient.prefetchQuery(addingQuery)
  void queryClient.prefetchQuery(demoLoginsQuery)
  return null
}

/** Fetching begins at once and goes on by itself; the page shows how far it has come. */
async function startAllTokens({ request }: LoaderFunctionArgs) {
  const connections = await queryClient.ensureQueryData(connectionsQuery)
  const { pathname, search } = new URL(request.url)
  if (connections.length === 0) return redirect(paths.signIn(pathname + search))
  void import('./data/sources').then(({ openAllTokens }) => openAllTokens())
  return null
}

/** A URL of a connection that nobody is signed in to leads to sign-in and back. */
async function requireConnection({ params, request }: LoaderFunctionArgs) {
  void queryClient.prefetchQuery(serversQuery)
  const connections = await queryClient.ensureQueryData(connectionsQuery)
  if (connections.some(({ id }) => id === params['connection'])) return null
  const { pathname, search } = new URL(request.url)
  return redirect(paths.signIn(pathname + search))
}

function startTokens({ params }: LoaderFunctionArgs) {
  void queryClient.prefetchQuery(tokensQuery(accountOf(params['connection'] ?? '', params['user'])))
  return null
}

function startWhmTokens({ params }: LoaderFunctionArgs) {
  const connection = params['connection'] ?? ''
  void queryClient.prefetchQuery(tokensQuery(whmUserOf(connection)))
  void queryClient.prefetchQuery(privilegesQuery(connection))
  return null
}

function startAccounts({ params }: LoaderFunctionArgs) {
  void queryClient.prefetchQuery(accountsQuery(params['connection'] ?? ''))
  void queryClient.prefetchQuery(privilegesQuery(params['connection'] ?? ''))
  return null
}

/** Typing in the search box changes the URL, not what is needed from the server. */
function isOtherPage({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.pathname !== nextUrl.pathname
}

function isOtherConnection({ currentParams, nextParams }: ShouldRevalidateFunctionArgs): boolean {
  return currentParams['connection'] !== nextParams['connection']
}
