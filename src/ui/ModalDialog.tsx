import type { ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

type ModalDialogProps = {
  title: string
  role: 'dialog' | 'alertdialog'
  /** Escape. Left out where the dialog can only be answered. */
  onCancel?: () => void
  children: ReactNode
}

/** A dialog over the page, which stays mounted behind it. Load it lazily: nothing of it is needed before it opens. */
export function ModalDialog({ title, role, onCancel, children }: ModalDialogProps) {
  return (
    <I18nProvider locale="en-US">
      <ModalOverlay
        isOpen
        isKeyboardDismissDisabled={onCancel === undefined}
        onOpenChange={(isOpen) => !isOpen && onCancel?.()}
        className="fixed inset-0 z-40 flex items-center justify-center overflow-y-auto bg-shade p-4"
      >
        <Modal className="w-full max-w-md rounded-2xl border border-line bg-raised p-6 shadow-lg">
          <Dialog role={role} className="flex flex-col gap-4 outline-none">
            <Heading slot="title" className="text-xl font-semibold">
              {title}
            </Heading>
            {children}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  )
}
