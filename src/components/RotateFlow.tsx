import type { ComponentType } from 'react'
import { useParams } from 'react-router'
import '../messages/rotation'
import { t } from '../messages/catalogue'
import { paths, tokenNameFrom } from '../paths'
import type { CreateTokenFormProps } from './CreateTokenForm'
import { CreateTokenFlow } from './CreateTokenFlow'
import { useAccount } from './useAccount'

/** A successor for the token in the URL. It is created and shown once as any other token; then its rotation goes on. */
export function RotateFlow({ Form }: { Form: ComponentType<CreateTokenFormProps> }) {
  const account = useAccount()
  const name = tokenNameFrom(useParams()['name'] ?? '')
  return (
    <CreateTokenFlow
      title={t('rotation.title')}
      Form={Form}
      onward={{
        to: paths.token(account, name),
        title: t('rotation.kept'),
        text: t('rotation.keptText', { name }),
      }}
    />
  )
}
