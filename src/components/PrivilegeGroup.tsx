import { TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import type { Privilege, PrivilegeGroup as Group } from '../cpanel/privileges'
import { t } from '../messages/catalogue'
import { Checkbox } from '../ui/Choice'

type PrivilegeGroupProps = {
  group: Group
  ticked: ReadonlySet<string>
  held: readonly string[]
  onTick: (names: readonly string[], isWanted: boolean) => void
}

/** A group of privileges with a box for all of it. */
export function PrivilegeGroup({ group, ticked, held, onTick }: PrivilegeGroupProps) {
  const names = group.privileges.map(({ name }) => name)
  const count = names.filter((name) => ticked.has(name)).length
  const title = group.group === '' ? t('whm.privileges.other') : group.group
  return (
    <fieldset className="mb-4 break-inside-avoid rounded-lg border border-line p-3 pt-1">
      <legend className="sr-only">{`${group.tier} ${title}`.trim()}</legend>
      <label className="flex min-h-9 items-center gap-2.5 border-b border-line font-semibold">
        <Checkbox
          checked={count === names.length}
          isPartly={count > 0 && count < names.length}
          onChange={() => onTick(names, count < names.length)}
        />
        <span className="grow">{title}</span>
        <span className="text-right text-xs font-normal text-muted sm:whitespace-nowrap">{group.tier}</span>
      </label>
      <ul className="mt-1.5 flex flex-col">
        {group.privileges.map((privilege) => (
          <li key={privilege.name}>
            <One
              privilege={privilege}
              isTicked={ticked.has(privilege.name)}
              isLost={!held.includes(privilege.name) && !held.includes('all')}
              isRoot={held.includes('all')}
              onTick={(isWanted) => onTick([privilege.name], isWanted)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

type OneProps = {
  privilege: Privilege
  isTicked: boolean
  /** The token has it, its user does not any more. */
  isLost: boolean
  isRoot: boolean
  onTick: (isWanted: boolean) => void
}

function One({ privilege: { name, title, danger }, isTicked, isLost, isRoot, onTick }: OneProps) {
  const id = useId()
  const words = [
    danger === null ? null : t(danger === 'root' && !isRoot ? 'whm.danger.rootReseller' : `whm.danger.${danger}`),
    isLost ? t('whm.privileges.lost') : null,
  ].filter((line) => line !== null)
  return (
    <>
      <label className="flex min-h-8 items-start gap-2.5 py-1 text-sm">
        <Checkbox
          className="mt-px"
          checked={isTicked}
          aria-describedby={words.length > 0 ? id : undefined}
          onChange={({ target }) => onTick(target.checked)}
        />
        <span className="min-w-0 grow">
          {title}
          {title !== name && <code className="ml-2 inline-block text-xs wrap-anywhere text-muted">{name}</code>}
        </span>
        {danger && <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />}
      </label>
      {words.length > 0 && (
        <p id={id} className="-mt-0.5 pb-1 pl-7 text-xs text-warn">
          {words.join(' ')}
        </p>
      )}
    </>
  )
}
