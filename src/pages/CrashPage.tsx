import { useRouteError } from 'react-router'
import { AppHeader } from '../components/AppHeader'
import { ErrorNotice } from '../components/ErrorNotice'
import { PageTitle } from '../components/PageFrame'
import { CpanelError } from '../cpanel/errors'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'

/** What Chromium and Firefox, and what Safari says of a file of the app that did not come. */
const MISSING_PART = /dynamically imported module|Importing a module script failed/

/** What is shown when a page can't be: what it needs did not come, or rendering failed in a way nobody foresaw. */
export function CrashPage() {
  const error = useRouteError()
  const isPartMissing = error instanceof TypeError && MISSING_PART.test(error.message)
  const title = t(error instanceof CpanelError || isPartMissing ? 'crash.notLoaded' : 'crash.title')
  return (
    <>
      <AppHeader />
      <main id="content" className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-16">
        <PageTitle title={title} />
        <h1 className="text-2xl font-bold">{title}</h1>
        {error instanceof CpanelError ? (
          <ErrorNotice title={title} error={error} />
        ) : (
          <p>{t(isPartMissing ? 'crash.partText' : 'crash.text')}</p>
        )}
        <Button look="primary" onClick={() => window.location.reload()}>
          {t('crash.reload')}
        </Button>
      </main>
    </>
  )
}
