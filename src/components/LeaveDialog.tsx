import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { ModalDialog } from '../ui/ModalDialog'
import { leaveWords, type AtStake } from './LeaveGuard'

export type LeaveDialogProps = { atStake: AtStake; onStay: () => void; onLeave: () => void }

export function LeaveDialog({ atStake, onStay, onLeave }: LeaveDialogProps) {
  return (
    <ModalDialog role="alertdialog" title={t(leaveWords[atStake].title)} onCancel={onStay}>
      <p>{t(leaveWords[atStake].text)}</p>
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
