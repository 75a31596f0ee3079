import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { ModalDialog } from '../ui/ModalDialog'
import type { AtStake } from './LeaveGuard'

const words = {
  secret: { title: 'leave.title', text: 'leave.text' },
  work: { title: 'across.leaveTitle', text: 'across.leaveText' },
} as const

type LeaveDialogProps = { atStake: AtStake; onStay: () => void; onLeave: () => void }

export function LeaveDialog({ atStake, onStay, onLeave }: LeaveDialogProps) {
  return (
    <ModalDialog role="alertdialog" title={t(words[atStake].title)} onCancel={onStay}>
      <p>{t(words[atStake].text)}</p>
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
