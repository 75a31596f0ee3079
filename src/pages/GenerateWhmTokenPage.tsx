import { CreateTokenFlow } from '../components/CreateTokenFlow'
import { CreateWhmTokenForm } from '../components/CreateWhmTokenForm'
import { t } from '../messages/catalogue'

/** A new token of the WHM user. */
export function GenerateWhmTokenPage() {
  return <CreateTokenFlow title={t('whm.generate.title')} Form={CreateWhmTokenForm} />
}
