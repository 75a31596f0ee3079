import { AppHeader } from '../components/AppHeader'
import { PageTitle } from '../components/PageFrame'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'

/** What is shown when rendering or a loader failed in a way nobody foresaw. The error itself is no use to a person. */
export function CrashPage() {
  return (
    <>
      <AppHeader />
      <main id="content" className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-16">
        <PageTitle title={t('crash.title')} />
        <h1 className="text-2xl font-bold">{t('crash.title')}</h1>
        <p>{t('crash.text')}</p>
        <Button look="primary" onClick={() => window.location.reload()}>
          {t('crash.reload')}
        </Button>
      </main>
    </>
  )
}
