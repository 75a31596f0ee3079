import { Check } from 'lucide-react'
import type { RefObject } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import type { MenuOption } from './MenuButton'

type MenuPopupProps = {
  label: string
  trigger: RefObject<HTMLButtonElement | null>
  value: string
  options: readonly MenuOption[]
  onChoose: (value: string) => void
  onClose: () => void
}

export function MenuPopup({ label, trigger, value, options, onChoose, onClose }: MenuPopupProps) {
  return (
    <I18nProvider locale="en-US">
      <Popover
        isOpen
        onOpenChange={(isOpen) => !isOpen && onClose()}
        triggerRef={trigger}
        placement="bottom end"
        aria-label={label}
      >
        <Menu
          aria-label={label}
          autoFocus="first"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[value]}
          onSelectionChange={(keys) => {
            if (keys !== 'all') for (const key of keys) onChoose(String(key))
          }}
          onClose={onClose}
          className="min-w-44 rounded-xl border border-line bg-raised p-1.5 shadow-lg outline-none"
        >
          {options.map((option) => (
            <MenuItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              className="group flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 outline-none data-focused:bg-accent-soft"
            >
              {option.icon}
              <span className="grow">{option.label}</span>
              <Check aria-hidden className="invisible size-4 text-accent group-data-selected:visible" />
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </I18nProvider>
  )
}
