import { Link } from 'react-router'
import { AppHeader } from '../components/AppHeader'
import { PageTitle } from '../components/PageFrame'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { buttonClass } from '../ui/Button'

export function NotFoundPage() {
  return (
    <>
      <AppHeader />
      <main id="content" className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-16">
        <PageTitle title={t('notFound.title')} />
        <h1 className="text-2xl font-bold">{t('notFound.title')}</h1>
        <p>{t('notFound.text')}</p>
        <Link to={paths.home} className={buttonClass('primary')}>
          {t('notFound.home')}
        </Link>
      </main>
    </>
  )
}
