import { useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { addToDay, dayIn } from '../cpanel/expiryDate'
import { lifetimeDays, successorName } from '../cpanel/rotationSuccessor'
import { tokenState, type Access, type ApiToken } from '../cpanel/token'
import type { NewToken } from '../cpanel/tokens'
import type { TokenList } from '../data/tokens'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { AccessField, type CpanelAccess } from './AccessField'
import { CreateFailure } from './CreateFailure'
import type { CreateTokenFormProps } from './CreateTokenForm'
import { ExpiryField, expiryOf, startingExpiry, type ExpiryInput } from './ExpiryField'
import { RotationNameField } from './RotationNameField'
import { TokenFacts } from './TokenFacts'
import { useServerNow } from './useServerNow'
import { localZone } from './When'

type SuccessorFormProps = Omit<CreateTokenFormProps, 'list'> & {
  old: ApiToken
  list: TokenList
  nameErrorOf: (name: string, taken: Iterable<string>) => string | null
}

/** Name and lifetime of a successor, with what it takes over from the old token above them. */
export function SuccessorForm(props: SuccessorFormProps) {
  const { account, old, list, isHelpShown, isBusy, error, tried, onCreate, nameErrorOf } = props
  const now = useServerNow(list.clockSkewMs)
  const names = list.tokens.map(({ name }) => name)
  const [name, setName] = useState(() => successorName(old.name, names))
  const [start] = useState(() => expiryLike(old, now))
  const [expiryInput, setExpiryInput] = useState(start)
  const [chosen, setChosen] = useState<CpanelAccess>('read-only')
  const nameError = nameErrorOf(name, names)
  const expiry = expiryOf(expiryInput, undefined, now)
  const access = accessLike(old.access, chosen)
  const isPossible = typeof access === 'string' || access.privileges.length > 0
  const isExpired = tokenState(old.expiry, now).kind === 'expired'

  function submit(event: FormEvent) {
    event.preventDefault()
    if (nameError === null && expiry !== null && isPossible && !isBusy) onCreate({ name, expiry, access })
  }

  return (
    <>
      <p className="max-w-prose wrap-anywhere">
        {t(isExpired ? 'rotation.introExpired' : 'rotation.intro', { name: old.name })}
      </p>
      <section aria-labelledby="old-token" className="flex flex-col gap-2">
        <h3 id="old-token" className="font-semibold">
          {t('rotation.old')}
        </h3>
        <TokenFacts token={old} now={now} />
      </section>
      <form
        onSubmit={submit}
        noValidate
        className="flex flex-col gap-6 rounded-xl border border-line bg-surface p-5 sm:p-6"
      >
        <RotationNameField
          old={old.name}
          suggestion={successorName(old.name, names)}
          value={name}
          onChange={setName}
          error={nameError}
          isHelpShown={isHelpShown}
        />
        <div className="flex flex-col gap-3">
          <ExpiryField
            input={expiryInput}
            onInput={setExpiryInput}
            isHelpShown={isHelpShown}
            isEditable={account.isWhmUser === true}
            clockSkewMs={list.clockSkewMs}
          />
          {start.kind === 'at' && expiryInput.kind === 'at' && expiryInput.day === start.day && (
            <p className="text-sm text-muted">{lifetimeWords(old)}</p>
          )}
        </div>
        {old.access.kind === 'limited' ? (
          <div className="flex flex-col gap-3">
            <Notice tone="warn">
              <p>{t('rotation.limited', { features: old.access.features.join(', ') })}</p>
            </Notice>
            <AccessField access={chosen} onAccess={setChosen} isCertain={list.knowsReadOnly} />
          </div>
        ) : (
          <p>{t(old.access.kind === 'whm' ? 'rotation.sameWhm' : 'rotation.sameAccess')}</p>
        )}
        {!isPossible && (
          <Notice tone="warn">
            <p>{t('rotation.noPrivileges')}</p>
          </Notice>
        )}
        <CreateFailure account={account} error={error} tried={tried} />
        <div className="flex flex-wrap gap-3">
          <Button
            type="submit"
            look="primary"
            disabled={nameError !== null || expiry === null || !isPossible}
            isBusy={isBusy}
          >
            {t('rotation.create')}
          </Button>
          <Link to={paths.token(account, old.name)} className={buttonClass('secondary')}>
            {t('rotation.back')}
          </Link>
        </div>
      </form>
    </>
  )
}

/** As many days from today as the old one was given. Where nobody knows how many, the date that new tokens start with. */
function expiryLike(old: ApiToken, now: Date): ExpiryInput {
  const start = startingExpiry(now)
  if (old.expiry.kind === 'never') return start
  const days = lifetimeDays(old, localZone())
  return { kind: 'at', day: days === null ? start.day : addToDay(dayIn(localZone(), now), { days }) }
}

function lifetimeWords(old: ApiToken): string {
  const days = lifetimeDays(old, localZone())
  return days === null ? t('rotation.lifetimeUnknown') : t('rotation.lifetime', { days })
}

/** @param chosen for what can't be created again as it is */
function accessLike(access: Access, chosen: CpanelAccess): NewToken['access'] {
  switch (access.kind) {
    case 'full':
    case 'read-only':
      return access.kind
    case 'limited':
      return chosen
    case 'whm':
      return access
  }
}
