import { t } from '../messages/catalogue'
import { RadioGroup } from '../ui/Choice'

/** What a token of cPanel may be limited to. */
export type CpanelAccess = 'full' | 'read-only'

type AccessFieldProps = {
  access: CpanelAccess
  onAccess: (access: CpanelAccess) => void
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
