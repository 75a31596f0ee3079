import { useEffect, useState, type ReactNode } from 'react'
import { Link, useLocation, useParams } from 'react-router'
import { connectionParts } from '../session/connections'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Notice } from '../ui/Notice'
import { remember, remembered } from '../ui/remember'
import { OutsideLink, documentation } from './OutsideLink'
import { useAccount } from './useAccount'

type PageFrameProps = {
  /** The view's own title; its place in the breadcrumb. */
  title: string
  /** Beside the content, below it on phones. */
  aside?: ReactNode
  /** On the line of the title. */
  actions?: ReactNode
  /** False where something of the page itself takes the focus on arrival. */
  takesFocus?: boolean
  children: ReactNode
}

/** What all token screens share: title, breadcrumb, what the feature is for, that it is experimental. */
export function PageFrame({ title, aside, actions, takesFocus = true, children }: PageFrameProps) {
  const account = useAccount()
  return (
    <>
      <PageTitle title={title} />
      <header className="flex flex-col gap-2">
        <h1 className="text-2xl font-bold tracking-tight">{t('frame.title')}</h1>
        <nav aria-label={t('frame.breadcrumb')}>
          <ol className="flex flex-wrap gap-x-2 text-sm text-muted">
            <li>
              <Link to={paths.tokens(account)} className="text-accent underline-offset-2 hover:underline">
                {t('frame.title')}
              </Link>
              <span aria-hidden className="ml-2">
                ›
              </span>
            </li>
            <li aria-current="page">{title}</li>
          </ol>
        </nav>
        <p className="max-w-prose text-muted">
          {t(account.isWhmUser ? 'whm.intro' : 'frame.intro')}{' '}
          <OutsideLink href={account.isWhmUser ? documentation.whmTokens : documentation.tokens}>
            {t('frame.documentation')}
          </OutsideLink>
        </p>
      </header>
      <ExperimentalNotice />
      <div className={aside ? 'grid gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]' : undefined}>
        <section aria-label={title} className="flex min-w-0 flex-col gap-5">
          <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4">
            <ViewTitle takesFocus={takesFocus}>{title}</ViewTitle>
            {actions}
          </div>
          {children}
        </section>
        {aside}
      </div>
    </>
  )
}

/** Names the browser tab after the view and the user, so that two tabs can be told apart. */
export function PageTitle({ title }: { title: string }) {
  const { connection, user } = useParams()
  const owner = user ?? connectionParts(connection ?? '')?.username
  const name =
    owner === undefined ? t('app.documentTitle', { title }) : t('app.documentTitleOf', { title, user: owner })
  return <title>{name}</title>
}

/** The heading that takes the focus when one comes from another page of the app, which reads it out. */
function ViewTitle({ children, takesFocus = true }: { children: string; takesFocus?: boolean }) {
  // The first page of a visit has the key "default": there the browser's own start of the page is right.
  const hasArrivedInside = useLocation().key !== 'default'
  const [heading, setHeading] = useState<HTMLHeadingElement | null>(null)
  useEffect(() => {
    if (takesFocus && hasArrivedInside) heading?.focus()
  }, [heading, takesFocus, hasArrivedInside])
  return (
    <h2 ref={setHeading} tabIndex={-1} className="text-lg font-semibold">
      {children}
    </h2>
  )
}

function ExperimentalNotice() {
  const [isShown, setIsShown] = useState(() => remembered('experimental') !== 'dismissed')
  if (!isShown) return null
  function dismiss() {
    remember('experimental', 'dismissed')
    setIsShown(false)
  }
  return (
    <Notice tone="info" dismiss={{ label: t('frame.dismissExperimental'), onDismiss: dismiss }}>
      <p>{t('frame.experimental')}</p>
    </Notice>
  )
}
