import { t } from '../messages/catalogue'
import type { AddServerAnswer } from '../session/servers'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { AlreadyListed } from './AlreadyListed'
import { DoorFailures } from './DoorFailures'
import { ErrorNotice } from './ErrorNotice'

type AddFailureProps = {
  answer: AddServerAnswer | undefined
  error: Error | null
  onLookAgain: () => void
  onUse: (id: string) => void
}

/** Why the server was not added after the yes. */
export function AddFailure({ answer, error, onLookAgain, onUse }: AddFailureProps) {
  if (error !== null) return <ErrorNotice title={t('addServer.notAdded')} error={error} />
  switch (answer?.outcome) {
    case 'changed':
      return (
        <Notice
          tone="danger"
          role="alert"
          title={t('addServer.changed')}
          actions={<Button onClick={onLookAgain}>{t('addServer.again')}</Button>}
        >
          <p>{t('addServer.changedText')}</p>
        </Notice>
      )
    case 'failed':
      return <DoorFailures title={t('addServer.notAdded')} failed={answer.failed} />
    case 'listed':
      return <AlreadyListed server={answer.server} onUse={onUse} />
    case 'not-kept':
      return (
        <Notice tone="danger" role="alert" title={t('addServer.notAdded')}>
          <p>{t('addServer.notKept', { file: answer.file })}</p>
        </Notice>
      )
    case 'added':
    case undefined:
      return null
  }
}
