import { X } from 'lucide-react'
import { memo, useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { HYGIENE, afterIncident, savedViewsFrom, withView, type SavedView } from '../inventory/savedViews'
import { FIRST_CHOICE, choiceTo, type Choice } from '../inventory/viewUrl'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { TextInput } from '../ui/Field'
import { remember, remembered } from '../ui/remember'
import { toast } from '../ui/Toast'

/** Views one comes back to: three that come ready, and one's own. Each is a link, so it can be shared and opened in a tab. */
export const SavedViews = memo(function SavedViews({ choice, now }: { choice: Choice; now: Date }) {
  const [own, setOwn] = useState(() => savedViewsFrom(remembered('views')))
  const [name, setName] = useState<string | null>(null)
  const current = String(choiceTo(choice))
  const isIncident = choice.filter.created.from !== null && choice.order.by === 'created'

  function keep(views: readonly SavedView[]) {
    remember('views', JSON.stringify(views))
    setOwn([...views])
  }
  function save(event: FormEvent) {
    event.preventDefault()
    if (name === null || name.trim() === '') return
    keep(withView(own, name, choice))
    toast(t('view.saved', { name: name.trim() }))
    setName(null)
  }

  return (
    <nav aria-label={t('view.label')} className="flex flex-wrap items-center gap-2">
      <ViewLink label={t('view.all')} search={String(choiceTo(FIRST_CHOICE))} isCurrent={current === ''} />
      <ViewLink
        label={t('view.hygiene')}
        search={String(choiceTo(HYGIENE))}
        isCurrent={current === String(choiceTo(HYGIENE))}
      />
      <ViewLink label={t('view.incident')} search={String(choiceTo(afterIncident(now)))} isCurrent={isIncident} />
      {own.map(({ name, search }) => (
        <span key={name} className="inline-flex items-center">
          <ViewLink label={name} search={search} isCurrent={current === search} />
          <button
            type="button"
            aria-label={t('view.remove', { name })}
            onClick={() => keep(own.filter((view) => view.name !== name))}
            className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-sunken"
          >
            <X aria-hidden className="size-4" />
          </button>
        </span>
      ))}
      {name === null ? (
        current !== '' && (
          <Button look="quiet" size="small" onClick={() => setName('')}>
            {t('view.save')}
          </Button>
        )
      ) : (
        <form onSubmit={save} className="flex flex-wrap items-center gap-2">
          <TextInput
            aria-label={t('view.name')}
            placeholder={t('view.name')}
            maxLength={60}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed gives way to this field
            autoFocus
            value={name}
            onChange={({ target }) => setName(target.value)}
            className="max-w-52"
          />
          <Button type="submit" size="small" disabled={name.trim() === ''}>
            {t('view.saveIt')}
          </Button>
          <Button look="quiet" size="small" onClick={() => setName(null)}>
            {t('view.cancel')}
          </Button>
        </form>
      )}
    </nav>
  )
})

function ViewLink({ label, search, isCurrent }: { label: string; search: string; isCurrent: boolean }) {
  return (
    <Link
      to={{ pathname: paths.allTokens, search }}
      aria-current={isCurrent ? 'page' : undefined}
      preventScrollReset
      className={buttonClass(
        'chip',
        'small',
        'aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent',
      )}
    >
      {label}
    </Link>
  )
}
