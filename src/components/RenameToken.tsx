import { useState, type FormEvent } from 'react'
import { Link, useNavigate } from 'react-router'
import { asCpanelError } from '../cpanel/errors'
import type { ApiToken } from '../cpanel/token'
import type { Account } from '../cpanel/tokens'
import { renameMutation } from '../data/tokens'
import { leaveBehind, useIsHere, useIsOnPage, useSoleMutation } from '../data/useSoleMutation'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button, buttonClass } from '../ui/Button'
import { toast } from '../ui/Toast'
import { ErrorNotice } from './ErrorNotice'
import { TokenNameField, tokenNameError } from './TokenNameField'

type RenameTokenProps = { account: Account; token: ApiToken; tokens: readonly ApiToken[]; isHelpShown: boolean }

export function RenameToken({ account, token, tokens, isHelpShown }: RenameTokenProps) {
  const navigate = useNavigate()
  const isHere = useIsHere()
  const isOnPage = useIsOnPage()
  const rename = useSoleMutation({
    ...renameMutation(account),
    onError: (error, names) => isHere.current || leaveBehind(account, { kind: 'rename', ...names }, error),
    onSuccess: async (_list, { name, newName: to }) => {
      if (isOnPage()) await navigate(paths.tokens(account))
      toast(t('rename.done', { name, newName: to }))
    },
  })
  const [newName, setNewName] = useState(token.name)
  const others = tokens.map(({ name }) => name).filter((name) => name !== token.name)
  const error = newName === token.name ? null : tokenNameError(newName, others)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (newName === token.name || error !== null || rename.isPending) return
    rename.mutate({ name: token.name, newName })
  }

  return (
    <section aria-labelledby="rename" className="rounded-xl border border-line bg-surface p-5">
      <h3 id="rename" className="mb-3 font-semibold">
        {t('rename.title')}
      </h3>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TokenNameField
          label={t('rename.name')}
          value={newName}
          onChange={setNewName}
          error={error}
          hint={isHelpShown ? `${t('create.nameHint')} ${t('rename.hint')}` : undefined}
        />
        {rename.error && (
          <ErrorNotice
            title={t(asCpanelError(rename.error).isUnresolved ? 'rename.unresolved' : 'rename.failed')}
            error={rename.error}
          />
        )}
        <div className="flex flex-wrap gap-3">
          <Button
            type="submit"
            look="primary"
            disabled={newName === token.name || error !== null}
            isBusy={rename.isPending}
          >
            {t('rename.submit')}
          </Button>
          <Link to={paths.tokens(account)} className={buttonClass('secondary')}>
            {t('rename.back')}
          </Link>
        </div>
      </form>
    </section>
  )
}
