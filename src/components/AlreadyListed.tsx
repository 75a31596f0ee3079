import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'

type AlreadyListedProps = {
  server: { id: string; name: string }
  onUse: (id: string) => void
  /** Left out where the buttons to leave stand below. */
  onCancel?: () => void
}

/** There is nothing to add: the way on is to log in. */
export function AlreadyListed({ server, onUse, onCancel }: AlreadyListedProps) {
  return (
    <Notice
      tone="info"
      role="alert"
      title={t('addServer.listed')}
      actions={
        <>
          <Button onClick={() => onUse(server.id)}>{t('addServer.use', { name: server.name })}</Button>
          {onCancel && <Button onClick={onCancel}>{t('addServer.cancel')}</Button>}
        </>
      }
    >
      <p>{t('addServer.listedText', { name: server.name })}</p>
    </Notice>
  )
}
