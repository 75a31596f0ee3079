import type { NewToken } from '../cpanel/uapi'
import { t } from '../messages/catalogue'
import { RadioGroup } from '../ui/Choice'

type AccessFieldProps = {
  access: NewToken['access']
  onAccess: (access: NewToken['access']) => void
  /** Whether the server is known to understand read-only tokens (cPanel 138). Nothing in the API tells that it is not. */
  isCertain: boolean
}

export function AccessField({ access, onAccess, isCertain }: AccessFieldProps) {
  return (
    <RadioGroup
      label={t('create.access')}
      value={access}
      onChange={onAccess}
      options={[
        { value: 'full', label: t('create.access.full'), description: t('create.access.fullText') },
        {
          value: 'read-only',
          label: t('create.access.readOnly'),
          description: t(isCertain ? 'create.access.readOnlyText' : 'create.access.readOnlyUnsure'),
        },
      ]}
    />
  )
}
