import { PRESETS, presetPrivileges, type Preset } from '../cpanel/privileges'
import type { WhmToken } from '../cpanel/whmTokens'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { inputClass } from '../ui/Field'

type PrivilegeStartsProps = {
  held: readonly string[]
  tokens: readonly WhmToken[]
  selected: ReadonlySet<string>
  onStart: (names: readonly string[], words: string | null) => void
}

/** Where to begin: a real job, what another token may do, or nothing. */
export function PrivilegeStarts({ held, tokens, selected, onStart }: PrivilegeStartsProps) {
  const label = t('whm.privileges.start')
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-2">
      <span aria-hidden className="text-sm text-muted">
        {label}
      </span>
      {PRESETS.map((preset) => {
        const names = presetPrivileges(preset, held)
        const words = t(`whm.preset.${preset}`)
        if (names.length === 0) return null
        return (
          <Button
            key={preset}
            look="chip"
            size="small"
            aria-pressed={names.length === selected.size && names.every((name) => selected.has(name))}
            onClick={() => {
              const isCut = names.length < fullSize(preset)
              const said = [
                isCut && t('whm.preset.cut', { preset: words }),
                names.includes('cpanel-api') && t('whm.preset.reaches'),
              ]
              onStart(names, said.filter(Boolean).join(' ') || null)
            }}
          >
            {words}
          </Button>
        )
      })}
      {tokens.length > 0 && (
        <select
          aria-label={t('whm.privileges.copyFrom')}
          className={`${inputClass} max-w-52 text-sm`}
          value=""
          onChange={({ target }) => {
            const token = tokens.find(({ name }) => name === target.value)
            if (token === undefined) return
            const { privileges } = token.access
            // What its user has lost since can't be given to another token.
            const given = privileges.filter((name) => held.includes('all') || held.includes(name))
            onStart(given, t('whm.privileges.copied', { count: given.length, name: token.name }))
          }}
        >
          <option value="">{t('whm.privileges.copyFrom')}</option>
          {tokens.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
      {selected.size > 0 && (
        <Button look="quiet" size="small" onClick={() => onStart([], null)}>
          {t('whm.privileges.clear')}
        </Button>
      )}
    </div>
  )
}

/** How many privileges the job takes. */
function fullSize(preset: Preset): number {
  return presetPrivileges(preset, ['all']).length
}
