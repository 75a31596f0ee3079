import { useEffect, useRef, useState } from 'react'
import { t } from '../messages/catalogue'
import type { FoundDoor, LookAnswer } from '../session/servers'
import { RadioGroup } from '../ui/Choice'
import { doorWords, portsOf } from './doors'
import { AlreadyListed } from './AlreadyListed'
import { TrustServer } from './TrustServer'

type FoundServerProps = {
  found: Extract<LookAnswer, { outcome: 'found' }>
  /** Said already: which server it is. */
  isAgain: boolean
  onDone: (server: string) => void
  onLookAgain: () => void
  onCancel: () => void
}

/** What answered at an address: one server, or two doors that show different certificates, of which one is taken. */
export function FoundServer({ found, isAgain, onDone, onLookAgain, onCancel }: FoundServerProps) {
  const { host, known, doors, failed } = found
  const [chosen, setChosen] = useState('0')
  const isSplit = new Set(doors.map(({ certificate }) => certificate.fingerprint256)).size > 1
  const taken = isSplit ? doors.filter((_door, index) => String(index) === chosen) : doors
  const heading = useRef<HTMLHeadingElement>(null)
  // Read out, and the keys go on from here: never from the button that trusts.
  useEffect(() => heading.current?.focus(), [])

  return (
    <section aria-labelledby="found-server" className="flex flex-col gap-5 border-t border-line pt-5">
      <header>
        <h2 id="found-server" ref={heading} tabIndex={-1} className="text-lg font-semibold wrap-anywhere">
          {t('addServer.found', { host })}
        </h2>
        {failed.length > 0 && (
          <p className="text-sm text-muted">{t('addServer.leftOut', { ports: portsOf(failed) })}</p>
        )}
      </header>
      {known !== null && !known.isAdded ? (
        <AlreadyListed server={known} onUse={onDone} onCancel={onCancel} />
      ) : (
        <>
          {isSplit && (
            <RadioGroup
              label={t('addServer.which')}
              value={chosen}
              options={doors.map((door: FoundDoor, index) => ({ value: String(index), label: doorWords(door) }))}
              onChange={setChosen}
            />
          )}
          {known !== null && !isAgain && <p>{t('addServer.knownAdded', { name: known.name })}</p>}
          <TrustServer
            key={taken[0]?.origin}
            host={host}
            doors={taken}
            known={known}
            onDone={onDone}
            onLookAgain={onLookAgain}
            onCancel={onCancel}
          />
        </>
      )}
    </section>
  )
}
