import { useSyncExternalStore } from 'react'
import { tryAgainNow } from '../data/recovery'
import { t } from '../messages/catalogue'
import { isKeyringAway } from '../session/reach'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'

/** Keyring itself gives no answer: said at once, and gone as soon as it does. */
export function OfflineNotice() {
  const isAway = useSyncExternalStore(isKeyringAway.subscribe, isKeyringAway.current)
  if (!isAway) return null
  return (
    <Notice
      tone="warn"
      title={t('offline.title')}
      actions={
        <Button size="small" onClick={tryAgainNow}>
          {t('offline.tryNow')}
        </Button>
      }
    >
      <p>
        {!navigator.onLine && `${t('offline.device')} `}
        {t('offline.text')}
      </p>
    </Notice>
  )
}
