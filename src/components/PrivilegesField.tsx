import { useId, useState, type KeyboardEvent } from 'react'
import {
  dangerOf,
  effectivePrivileges,
  privilegeGroups,
  withPrivileges,
  type Privilege,
  type PrivilegeGroup as Group,
} from '../cpanel/privileges'
import type { WhmToken } from '../cpanel/whmTokens'
import { t } from '../messages/catalogue'
import { Checkbox } from '../ui/Choice'
import { TextInput } from '../ui/Field'
import { PrivilegeGroup } from './PrivilegeGroup'
import { PrivilegeStarts } from './PrivilegeStarts'

type PrivilegesFieldProps = {
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
  /** What the signed-in user has and so can give; names of privileges. */
  held: readonly string[]
  /** What the token has had so far: it stays on offer when it is unticked, also where its user has lost it. */
  kept: readonly string[]
  /** Tokens whose privileges can be copied. */
  tokens: readonly WhmToken[]
  isHelpShown: boolean
  error: string | null
}

/** What a token may do: presets of real jobs, a search, and every privilege in its group. */
export function PrivilegesField({ selected, onSelect, held, kept, tokens, isHelpShown, error }: PrivilegesFieldProps) {
  const id = useId()
  const [query, setQuery] = useState('')
  const [isOnlySelected, setIsOnlySelected] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const groups = privilegeGroups([...held, ...kept, ...selected])
  const offered = groups.flatMap(({ privileges }) => privileges.map(({ name }) => name))
  const ticked = effectivePrivileges(selected, offered)
  const shown = matching(groups, query, isOnlySelected ? ticked : null)

  function tick(names: readonly string[], isWanted: boolean) {
    const takesAllOff = !isWanted && selected.has('all') && !names.includes('all')
    onSelect(withPrivileges(selected, offered, names, isWanted))
    setSaid(takesAllOff ? t('whm.privileges.allOff') : null)
  }

  function start(names: readonly string[], words: string | null) {
    onSelect(new Set(names))
    setSaid(words)
  }

  return (
    <fieldset aria-describedby={`${id}-error`} className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1.5 font-medium">{t('whm.privileges')}</legend>
      {isHelpShown && <p className="text-sm text-muted">{t('whm.privileges.hint')}</p>}
      <PrivilegeStarts held={held} tokens={tokens} selected={selected} onStart={start} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow sm:max-w-72">
          <TextInput
            type="search"
            aria-label={t('whm.privileges.search')}
            placeholder={t('whm.privileges.search')}
            value={query}
            onChange={({ target }) => setQuery(target.value)}
            onKeyDown={(event) => {
              // Enter in a search is no wish to save.
              if (event.key === 'Enter') event.preventDefault()
            }}
          />
        </div>
        <label className="flex min-h-9 items-center gap-2.5 text-sm">
          <Checkbox checked={isOnlySelected} onChange={({ target }) => setIsOnlySelected(target.checked)} />
          {t('whm.privileges.onlySelected')}
        </label>
        <p role="status" className="text-sm text-muted tabular-nums">
          {t('whm.privileges.count', { count: ticked.size, total: offered.length })}
        </p>
        <a
          href={`#${id}-end`}
          className="sr-only rounded-lg text-accent underline focus:not-sr-only focus:px-2"
          onClick={(event) => {
            event.preventDefault()
            document.getElementById(`${id}-end`)?.focus()
          }}
        >
          {t('whm.privileges.skip')}
        </a>
      </div>
      <p role="status" className="text-sm font-medium text-warn empty:hidden">
        {said}
      </p>
      <p id={`${id}-error`} role="alert" className="text-sm font-medium text-danger empty:hidden">
        {error}
      </p>
      {shown.length === 0 && <p className="py-4 text-muted">{t('whm.privileges.noMatch')}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between the boxes, which have the focus */}
      <div className="columns-1 gap-4 lg:columns-2" onKeyDown={moveByArrows}>
        {shown.map((group) => (
          <PrivilegeGroup key={group.key} group={group} ticked={ticked} held={held} onTick={tick} />
        ))}
      </div>
      <span id={`${id}-end`} tabIndex={-1} />
    </fieldset>
  )
}

/** The groups with what a search asks for, and where `only` is given nothing but that. */
function matching(groups: readonly Group[], query: string, only: ReadonlySet<string> | null): Group[] {
  const text = query.trim().toLowerCase()
  const isIn = ({ name, title, group }: Privilege) =>
    [name, title, group].some((words) => words.toLowerCase().includes(text)) && (only === null || only.has(name))
  return groups
    .map((group) => ({ ...group, privileges: group.privileges.filter(isIn) }))
    .filter(({ privileges }) => privileges.length > 0)
}

/** Sixty boxes are many presses of Tab: arrows move between them too. */
function moveByArrows(event: KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
  const next = boxes[boxes.findIndex((box) => box === document.activeElement) + step]
  event.preventDefault()
  next?.focus()
}

/** Says once more, before it is given, what a dangerous privilege means. */
export function dangersOf(selected: ReadonlySet<string>, held: readonly string[]): string[] {
  if (selected.has('all')) return [t(held.includes('all') ? 'whm.danger.root' : 'whm.danger.rootReseller')]
  return [...selected].flatMap((name) => {
    const danger = dangerOf(name)
    return danger === null ? [] : [t(`whm.danger.${danger}`)]
  })
}
