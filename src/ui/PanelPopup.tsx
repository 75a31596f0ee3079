import type { ReactNode, RefObject } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Popover } from 'react-aria-components/Popover'

type PanelPopupProps = {
  label: string
  trigger: RefObject<HTMLButtonElement | null>
  onClose: () => void
  children: ReactNode
}

/** A panel that opens under its button: focus goes in and comes back, Escape and a click elsewhere close it. */
export function PanelPopup({ label, trigger, onClose, children }: PanelPopupProps) {
  return (
    <I18nProvider locale="en-US">
      <Popover isOpen onOpenChange={(isOpen) => !isOpen && onClose()} triggerRef={trigger} placement="bottom end">
        <Dialog
          aria-label={label}
          className="max-h-[80dvh] w-[min(26rem,calc(100vw-1.5rem))] overflow-y-auto rounded-xl border border-line bg-raised shadow-lg outline-none"
        >
          {children}
        </Dialog>
      </Popover>
    </I18nProvider>
  )
}
