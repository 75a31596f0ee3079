import { CreateTokenFlow } from '../components/CreateTokenFlow'
import { CreateTokenForm } from '../components/CreateTokenForm'
import { t } from '../messages/catalogue'

/** A new token of a cPanel account. */
export function CreateTokenPage() {
  return <CreateTokenFlow title={t('create.title')} Form={CreateTokenForm} />
}
