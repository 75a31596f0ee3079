import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { ModalDialog } from '../ui/ModalDialog'
import { SignInForm, type Who } from './SignInForm'

/** Over a page whose session ended: the page stays mounted behind it, so nothing typed and no secret is lost. */
export function SignInAgain({ connection, onLeave }: { connection: Who; onLeave: () => void }) {
  return (
    <ModalDialog role="dialog" title={t('signInAgain.title')}>
      <p>{t('signInAgain.text', { user: connection.username })}</p>
      {/* The connection's end is taken back by the sign-in itself, which closes this. */}
      <SignInForm who={connection} onSignedIn={() => {}} />
      <Button look="quiet" size="small" className="-mt-4 -ml-3 self-start" onClick={onLeave}>
        {t('signInAgain.leave')}
      </Button>
    </ModalDialog>
  )
}
