import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { EditWhmToken } from '../components/EditWhmToken'
import { ErrorNotice } from '../components/ErrorNotice'
import { HelpPanel, HelpToggle, useHelp } from '../components/HelpPanel'
import { ListNotices } from '../components/ListNotices'
import { MissingTokenPrivilege } from '../components/MissingTokenPrivilege'
import { PageFrame } from '../components/PageFrame'
import { ReminderOfToken } from '../components/Reminders'
import { RevokeToken } from '../components/RevokeToken'
import { RotatingBadge } from '../components/RotatingBadge'
import { TokenFacts } from '../components/TokenFacts'
import { UnknownToken } from '../components/UnknownToken'
import { useAccount } from '../components/useAccount'
import { useServerNow } from '../components/useServerNow'
import { rotationPairs } from '../cpanel/rotation'
import { isWhmToken } from '../cpanel/tokens'
import { tokensQuery } from '../data/tokens'
import { t } from '../messages/catalogue'
import { tokenNameFrom } from '../paths'
import { Skeleton } from '../ui/Skeleton'
import { earlyExtra } from '../ui/lazyExtra'

const RotationPanel = earlyExtra(() => import('../components/RotationPanel').then((module) => module.RotationPanel))

/** One token of the WHM user: everything about it can be changed but its secret. */
export function EditWhmTokenPage() {
  const name = tokenNameFrom(useParams()['name'] ?? '')
  return <EditWhmTokenNamed key={name} name={name} />
}

function EditWhmTokenNamed({ name }: { name: string }) {
  const account = useAccount()
  const list = useQuery(tokensQuery(account))
  const now = useServerNow(list.data?.clockSkewMs ?? 0)
  const help = useHelp()
  const current = list.data?.tokens.filter(isWhmToken).find((one) => one.name === name) ?? null
  const rotations = rotationPairs(list.data?.tokens ?? [], now)
  const [opened, setOpened] = useState(current)
  // What somebody has begun to change stays on the page, whatever becomes of the token meanwhile.
  if (opened === null && current !== null) setOpened(current)

  return (
    <PageFrame
      title={t('whm.edit.title', { name })}
      aside={<HelpPanel isOfWhm />}
      actions={opened && <HelpToggle {...help} />}
    >
      {list.isPending && <Loading />}
      {list.isError && list.data === undefined && (
        <MissingTokenPrivilege account={account}>
          <ErrorNotice
            title={t('error.loadList')}
            error={list.error}
            onRetry={() => void list.refetch()}
            isRetrying={list.isFetching}
          />
        </MissingTokenPrivilege>
      )}
      {list.data && <ListNotices list={list.data} updatedAt={list.dataUpdatedAt} error={list.error} />}
      {list.data && opened === null && <UnknownToken account={account} name={name} />}
      {list.data && opened && (
        // All at once: what came later would move the form.
        <Suspense fallback={<Loading />}>
          {current && (
            <TokenFacts
              token={current}
              now={now}
              beside={<RotatingBadge name={current.name} rotations={rotations} place={account} />}
            />
          )}
          {current && <ReminderOfToken account={account} token={current} now={now} />}
          {current && <RotationPanel account={account} token={current} rotations={rotations} now={now} />}
          <EditWhmToken
            account={account}
            list={list.data}
            opened={opened}
            current={current}
            isHelpShown={help.isShown}
            onOpen={setOpened}
          />
          {current && <RevokeToken account={account} token={current} now={now} />}
        </Suspense>
      )}
    </PageFrame>
  )
}

function Loading() {
  return (
    <div role="status" aria-label={t('manage.loading')} className="flex flex-col gap-4">
      <Skeleton className="h-36 w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  )
}
