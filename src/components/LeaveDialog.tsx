import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { ModalDialog } from '../ui/ModalDialog'

export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  return (
    <ModalDialog role="alertdialog" title={t('leave.title')} onCancel={onStay}>
      <p>{t('leave.text')}</p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button autoFocus look="primary" onClick={onStay}>
          {t('leave.stay')}
        </Button>
        <Button look="danger" onClick={onLeave}>
          {t('leave.leave')}
        </Button>
      </div>
    </ModalDialog>
  )
}
