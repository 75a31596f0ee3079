import { ChevronDown } from 'lucide-react'
import { Suspense, useRef, useState, type ReactNode } from 'react'
import { Button } from './Button'
import { lazyExtra } from './lazyExtra'

const loadPopup = () => import('./MenuPopup')
const MenuPopup = lazyExtra(() => loadPopup().then((module) => module.MenuPopup))

const openingKeys = ['Enter', ' ', 'ArrowDown', 'ArrowUp']

export type MenuOption = { value: string; label: string; icon?: ReactNode }

type MenuButtonProps = {
  label: string
  value: string
  options: readonly MenuOption[]
  onChoose: (value: string) => void
  /** What the button shows instead of its label, which stays its name. */
  icon?: ReactNode
}

/** A button with a menu of which one entry is chosen. The menu's code comes when somebody is about to open it. */
export function MenuButton({ label, icon, ...menu }: MenuButtonProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        ref={trigger}
        look="quiet"
        size={icon ? 'icon' : 'small'}
        aria-label={icon ? label : undefined}
        title={icon ? label : undefined}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={() => void loadPopup()}
        onFocus={() => void loadPopup()}
        onClick={(event) => {
          // Safari does not focus a button that is clicked, and the menu gives focus back to it.
          event.currentTarget.focus()
          setIsOpen(true)
        }}
        // A click by key has no position, and the menu would take it for one by assistive technology: focus on no entry.
        onKeyDown={(event) => {
          if (!openingKeys.includes(event.key)) return
          event.preventDefault()
          setIsOpen(true)
        }}
      >
        {icon ?? label}
        {!icon && <ChevronDown aria-hidden className="size-4" />}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <MenuPopup label={label} trigger={trigger} onClose={() => setIsOpen(false)} {...menu} />
        </Suspense>
      )}
    </>
  )
}
