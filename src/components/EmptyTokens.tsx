import { KeyRound, Plus } from 'lucide-react'
import { Link } from 'react-router'
import { t } from '../messages/catalogue'
import { paths, type Place } from '../paths'
import { buttonClass } from '../ui/Button'

/** An account without tokens: what they are for, and how it goes. */
export function EmptyTokens({ place }: { place: Place }) {
  return (
    <div className="flex flex-col items-center gap-4 rounded-xl border border-dashed border-line-strong bg-surface px-6 py-12 text-center">
      <span className="flex size-14 items-center justify-center rounded-full bg-accent-soft">
        <KeyRound aria-hidden className="size-7 text-accent" />
      </span>
      <h3 className="text-lg font-semibold">{t('empty.title')}</h3>
      <p className="max-w-prose text-muted">{t(place.isWhmUser ? 'whm.empty.text' : 'empty.text')}</p>
      <ol className="flex list-decimal flex-col gap-1 pl-5 text-left text-sm">
        <li>{t('empty.step1')}</li>
        <li>{t('empty.step2')}</li>
        <li>{t('empty.step3')}</li>
      </ol>
      <Link to={paths.createToken(place)} className={buttonClass('primary', 'normal', 'mt-2')}>
        <Plus aria-hidden className="size-4" />
        {t(place.isWhmUser ? 'whm.list.generate' : 'list.create')}
      </Link>
    </div>
  )
}
