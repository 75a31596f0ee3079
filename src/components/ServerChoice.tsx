import { Suspense, lazy, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { t } from '../messages/catalogue'
import type { ServerSummary } from '../session/connections'
import { Button } from '../ui/Button'
import { Field, inputClass } from '../ui/Field'

const ForgetServer = lazy(() => import('./ForgetServer').then((module) => ({ default: module.ForgetServer })))

type ServerChoiceProps = {
  servers: readonly ServerSummary[]
  chosen: string
  onChoose: (server: string) => void
  /** Left out where nobody may add servers. */
  onAdd?: (() => void) | undefined
  /** What takes the focus for one who comes back from adding. */
  focused: 'list' | 'add' | null
}

/** Which server to log in to. On one's own machine also the place to add one, and to have it forgotten. */
export function ServerChoice({ servers, chosen, onChoose, onAdd, focused }: ServerChoiceProps) {
  const [isForgetting, setIsForgetting] = useState(false)
  const list = useRef<HTMLSelectElement>(null)
  const adder = useRef<HTMLButtonElement>(null)
  const forgetter = useRef<HTMLButtonElement>(null)
  const server = servers.find(({ id }) => id === chosen)
  const isAdded = onAdd !== undefined && server?.isAdded === true

  useEffect(() => {
    if (focused !== null) (focused === 'list' ? list : adder).current?.focus()
  }, [focused])

  function stopForgetting(next: { current: HTMLElement | null }) {
    flushSync(() => setIsForgetting(false))
    next.current?.focus()
  }

  return (
    <div className="flex flex-col gap-1">
      <Field label={t('signIn.server')}>
        {(control) => (
          <select
            {...control}
            ref={list}
            className={inputClass}
            value={chosen}
            onChange={(event) => {
              setIsForgetting(false)
              onChoose(event.target.value)
            }}
          >
            {servers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {onAdd && (
        <div className="-mx-3 flex flex-wrap justify-between">
          <Button ref={adder} look="quiet" size="small" onClick={onAdd}>
            {t('signIn.addServer')}
          </Button>
          {isAdded && !isForgetting && (
            <Button ref={forgetter} look="quiet" size="small" onClick={() => setIsForgetting(true)}>
              {t('signIn.forgetServer')}
            </Button>
          )}
        </div>
      )}
      {isAdded && isForgetting && (
        <Suspense fallback={null}>
          <ForgetServer
            key={server.id}
            server={server}
            onForgotten={() => stopForgetting(list)}
            onCancel={() => stopForgetting(forgetter)}
          />
        </Suspense>
      )}
    </div>
  )
}
