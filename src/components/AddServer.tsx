import { useIsMutating } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { addServerMutation, lookMutation } from '../data/servers'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import '../messages/servers'
import type { ServerSummary } from '../session/connections'
import { Button } from '../ui/Button'
import { Field, TextInput } from '../ui/Field'
import { DoorFailures } from './DoorFailures'
import { ErrorNotice } from './ErrorNotice'
import { FoundServer } from './FoundServer'
import { PageTitle } from './PageFrame'

type AddServerProps = {
  /** An added server to look at once more, since its certificate has changed. */
  again: ServerSummary | null
  /** The server is in the list now, or was there already. */
  onDone: (server: string) => void
  onCancel: () => void
}

/** A server by its address: what answers there is shown first, and remembered only after a yes. */
export function AddServer({ again, onDone, onCancel }: AddServerProps) {
  const look = useSoleMutation(lookMutation)
  const [address, setAddress] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const answer = look.isPending ? undefined : look.data
  const fault = isMissing ? 'missing' : answer?.outcome === 'wrong-address' ? answer.why : null
  const { mutate } = look
  const isAdding = useIsMutating({ mutationKey: addServerMutation.mutationKey }) > 0
  const title = again === null ? t('addServer.title') : t('addServer.againTitle', { name: again.name })

  // Which server it is was said by what led here.
  const id = again?.id
  useEffect(() => {
    if (id !== undefined) mutate({ server: id })
    // oxlint-disable-next-line react/exhaustive-deps -- once, on arrival
  }, [])

  function find(event?: FormEvent) {
    event?.preventDefault()
    if (again !== null) return mutate({ server: again.id })
    setIsMissing(address.trim() === '')
    if (address.trim() !== '') mutate({ address })
  }

  function leave({ key }: KeyboardEvent) {
    if (key === 'Escape' && !isAdding) onCancel()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape, from wherever in it the focus is
    <div className="flex flex-col gap-5" onKeyDown={leave}>
      <PageTitle title={title} />
      <header>
        <Title isFocused={again !== null}>{title}</Title>
        <p className="mt-1 text-muted">{t(again === null ? 'addServer.lead' : 'addServer.againLead')}</p>
      </header>
      {again === null && (
        <form onSubmit={find} noValidate className="flex flex-col gap-4">
          <Field
            label={t('addServer.address')}
            hint={t('addServer.addressHint')}
            error={fault === null ? undefined : t(faultWords[fault])}
          >
            {(control) => (
              <TextInput
                {...control}
                autoFocus
                inputMode="url"
                autoComplete="off"
                required
                value={address}
                onChange={(event) => {
                  setAddress(event.target.value)
                  setIsMissing(false)
                  // What was found belongs to what was typed.
                  if (look.data !== undefined || look.error !== null) look.reset()
                }}
              />
            )}
          </Field>
          <div className="flex flex-wrap gap-3">
            <Button type="submit" look={answer?.outcome === 'found' ? 'secondary' : 'primary'} isBusy={look.isPending}>
              {t('addServer.find')}
            </Button>
            {answer?.outcome !== 'found' && <Button onClick={onCancel}>{t('addServer.cancel')}</Button>}
          </div>
        </form>
      )}
      <p role="status" className="text-sm text-muted empty:hidden">
        {look.isPending && t('addServer.looking')}
      </p>
      {look.error && <ErrorNotice title={t('addServer.lookFailed')} error={look.error} />}
      {answer?.outcome === 'failed' && <DoorFailures title={t('addServer.failed')} failed={answer.failed} />}
      {again !== null && !look.isPending && answer?.outcome !== 'found' && (
        <div className="flex flex-wrap gap-3">
          <Button look="primary" onClick={() => find()}>
            {t('addServer.again')}
          </Button>
          <Button onClick={onCancel}>{t('addServer.cancel')}</Button>
        </div>
      )}
      {answer?.outcome === 'found' && (
        <FoundServer
          key={look.submittedAt}
          found={answer}
          isAgain={again !== null}
          onDone={onDone}
          onLookAgain={() => find()}
          onCancel={onCancel}
        />
      )}
    </div>
  )
}

const faultWords = {
  missing: 'addServer.fault.missing',
  'not-an-address': 'addServer.fault.not-an-address',
  'plain-http': 'addServer.fault.plain-http',
  credentials: 'addServer.fault.credentials',
  'plain-port': 'addServer.fault.plain-port',
  'webmail-port': 'addServer.fault.webmail-port',
} as const

/** Takes the focus where no field does, so that keys and screen readers go on here. */
function Title({ isFocused, children }: { isFocused: boolean; children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isFocused) heading.current?.focus()
  }, [isFocused])
  return (
    <h1 ref={heading} tabIndex={-1} className="text-2xl font-bold tracking-tight wrap-anywhere">
      {children}
    </h1>
  )
}
