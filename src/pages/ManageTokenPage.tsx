import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { ErrorNotice } from '../components/ErrorNotice'
import { HelpPanel, HelpToggle, useHelp } from '../components/HelpPanel'
import { ListNotices } from '../components/ListNotices'
import { PageFrame } from '../components/PageFrame'
import { ReminderOfToken } from '../components/Reminders'
import { RenameToken } from '../components/RenameToken'
import { RevokeToken } from '../components/RevokeToken'
import { RotatingBadge } from '../components/RotatingBadge'
import { TokenFacts } from '../components/TokenFacts'
import { UnknownToken } from '../components/UnknownToken'
import { useAccount } from '../components/useAccount'
import { useServerNow } from '../components/useServerNow'
import { rotationPairs } from '../cpanel/rotation'
import type { ApiToken } from '../cpanel/token'
import { changesBetween } from '../data/moved'
import { tokensQuery } from '../data/tokens'
import { t } from '../messages/catalogue'
import { tokenNameFrom } from '../paths'
import { Skeleton } from '../ui/Skeleton'
import { earlyExtra } from '../ui/lazyExtra'

const RotationPanel = earlyExtra(() => import('../components/RotationPanel').then((module) => module.RotationPanel))

/** One token: what it is, its name, and its end. */
export function ManageTokenPage() {
  const account = useAccount()
  const name = tokenNameFrom(useParams()['name'] ?? '')
  const list = useQuery(tokensQuery(account))
  const now = useServerNow(list.data?.clockSkewMs ?? 0)
  const help = useHelp()
  const token = list.data?.tokens.find((one) => one.name === name)
  const rotations = rotationPairs(list.data?.tokens ?? [], now)
  // The last list that had it: tells what somebody else did to it since.
  const [seen, setSeen] = useState<readonly ApiToken[]>([])
  if (list.data && token && seen !== list.data.tokens) setSeen(list.data.tokens)

  return (
    // A page of its own for each token: one may lead to its successor.
    <PageFrame key={name} title={t('manage.title')} aside={<HelpPanel />} actions={token && <HelpToggle {...help} />}>
      {list.isPending && <Loading />}
      {list.isError && list.data === undefined && (
        <ErrorNotice
          title={t('error.loadList')}
          error={list.error}
          onRetry={() => void list.refetch()}
          isRetrying={list.isFetching}
        />
      )}
      {list.data && <ListNotices list={list.data} updatedAt={list.dataUpdatedAt} error={list.error} />}
      {list.data && token === undefined && (
        <UnknownToken account={account} name={name} change={changesBetween(seen, list.data.tokens, [name])[0]} />
      )}
      {list.data && token && (
        // All at once: what came later would move the buttons.
        <Suspense fallback={<Loading />}>
          <TokenFacts
            token={token}
            now={now}
            beside={<RotatingBadge name={token.name} rotations={rotations} place={account} />}
          />
          <ReminderOfToken account={account} token={token} now={now} />
          <RotationPanel account={account} token={token} rotations={rotations} now={now} />
          <RenameToken
            key={token.name}
            account={account}
            token={token}
            tokens={list.data.tokens}
            isHelpShown={help.isShown}
          />
          <RevokeToken account={account} token={token} now={now} />
        </Suspense>
      )}
    </PageFrame>
  )
}

function Loading() {
  return (
    <div role="status" aria-label={t('manage.loading')} className="flex flex-col gap-4">
      <Skeleton className="h-36 w-full" />
      <Skeleton className="h-44 w-full" />
    </div>
  )
}
