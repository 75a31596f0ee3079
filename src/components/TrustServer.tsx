import { useState } from 'react'
import { addServerMutation } from '../data/servers'
import { useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import type { ConnectionKind } from '../session/connections'
import { compareFingerprints, type FoundDoor, type KnownServer } from '../session/servers'
import { Button } from '../ui/Button'
import { RadioGroup } from '../ui/Choice'
import { Field, TextInput } from '../ui/Field'
import { toast } from '../ui/Toast'
import { AddFailure } from './AddFailure'
import { CertificateFacts, CertificateVerdict } from './CertificateFacts'
import { CompareFingerprint } from './CompareFingerprint'
import { doorWords, portOf } from './doors'

type TrustServerProps = {
  host: string
  /** All show the same certificate. */
  doors: readonly FoundDoor[]
  /** The added server that this one takes the place of. */
  known: KnownServer | null
  onDone: (server: string) => void
  onLookAgain: () => void
  onCancel: () => void
}

/** The certificate, what to compare it with, and the yes. */
export function TrustServer({ host, doors, known, onDone, onLookAgain, onCancel }: TrustServerProps) {
  const [first] = doors
  const [kind, setKind] = useState<ConnectionKind | ''>(first?.kind ?? '')
  const [isKindMissing, setIsKindMissing] = useState(false)
  const [name, setName] = useState(known?.name ?? host)
  const [pasted, setPasted] = useState('')
  const add = useSoleMutation({
    ...addServerMutation,
    onSuccess: async (answer) => {
      await addServerMutation.onSuccess(answer)
      if (answer.outcome !== 'added') return
      toast(t(known === null ? 'addServer.done' : 'addServer.updated', { name: answer.server.name }))
      onDone(answer.server.id)
    },
  })
  if (first === undefined) return null
  const { certificate } = first
  const { isTrusted, fingerprint256 } = certificate
  const port = portOf(first.origin)
  const before = known?.fingerprint256 === fingerprint256 ? null : (known?.fingerprint256 ?? null)
  const isDifferent = !isTrusted && compareFingerprints(pasted, fingerprint256) === 'different'

  function confirm() {
    setIsKindMissing(kind === '')
    if (kind === '') return
    add.mutate({
      ...Object.fromEntries(doors.map((door) => [door.kind ?? kind, door.origin])),
      ...(name.trim() !== '' && { name: name.trim() }),
      // What authorities vouch for is not pinned: it would have to be compared again at each renewal.
      ...(!isTrusted && { fingerprint256 }),
      ...(known !== null && { replaces: known.id }),
    })
  }

  return (
    <>
      <CertificateVerdict certificate={certificate} host={host} />
      <CertificateFacts certificate={certificate} doors={doors.map(doorWords).join(', ')} before={before} />
      {!isTrusted && <CompareFingerprint shown={fingerprint256} port={port} pasted={pasted} onPasted={setPasted} />}
      {first.kind === null && (
        <div className="flex flex-col gap-1.5">
          <RadioGroup
            isInline
            label={t('addServer.kind', { port })}
            value={kind}
            options={[
              { value: 'cpanel', label: t('signIn.kind.cpanel') },
              { value: 'whm', label: t('signIn.kind.whm') },
            ]}
            onChange={setKind}
          />
          <p role="status" className="text-sm font-medium text-danger empty:hidden">
            {isKindMissing && kind === '' && t('addServer.kindMissing')}
          </p>
        </div>
      )}
      <Field label={t('addServer.name')} hint={t('addServer.nameHint')}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <AddFailure answer={add.data} error={add.error} onLookAgain={onLookAgain} onUse={onDone} />
      <div className="flex flex-wrap gap-3">
        <Button
          look={isTrusted ? 'primary' : 'secondary'}
          disabled={isDifferent}
          isBusy={add.isPending}
          onClick={confirm}
        >
          {t(
            isTrusted
              ? known
                ? 'addServer.update'
                : 'addServer.add'
              : known
                ? 'addServer.trustNew'
                : 'addServer.trust',
          )}
        </Button>
        <Button disabled={add.isPending} onClick={onCancel}>
          {t('addServer.cancel')}
        </Button>
      </div>
    </>
  )
}
