import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import '../messages/rotation'
import { tokensQuery } from '../data/tokens'
import { t } from '../messages/catalogue'
import { tokenNameFrom } from '../paths'
import { Skeleton } from '../ui/Skeleton'
import type { CreateTokenFormProps } from './CreateTokenForm'
import { ErrorNotice } from './ErrorNotice'
import { SuccessorForm } from './RotateSuccessorForm'
import { UnknownToken } from './UnknownToken'

type RotateFormProps = CreateTokenFormProps & {
  /** What is wrong with a name, in words: WHM keeps some to itself. */
  nameErrorOf: (name: string, taken: Iterable<string>) => string | null
}

/** What the successor of the token in the URL is to be, once the list has told about that token. */
export function RotateForm(props: RotateFormProps) {
  const { account } = props
  const name = tokenNameFrom(useParams()['name'] ?? '')
  const list = useQuery(tokensQuery(account))
  if (list.data === undefined) {
    return list.isError ? (
      <ErrorNotice
        title={t('error.loadList')}
        error={list.error}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    ) : (
      <div role="status" aria-label={t('manage.loading')} className="flex flex-col gap-4">
        <Skeleton className="h-36 w-full" />
        <Skeleton className="h-96 w-full" />
      </div>
    )
  }
  const old = list.data.tokens.find((one) => one.name === name)
  if (old === undefined) return <UnknownToken account={account} name={name} />
  return <SuccessorForm {...props} old={old} list={list.data} />
}
