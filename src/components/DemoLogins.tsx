import { FlaskConical } from 'lucide-react'
import { t } from '../messages/catalogue'
import type { DemoLogin } from '../session/connections'
import { Button } from '../ui/Button'

/** How to get in to the simulated server: its users, one press each. */
export function DemoLogins({ logins, onUse }: { logins: readonly DemoLogin[]; onUse: (login: DemoLogin) => void }) {
  return (
    <section aria-labelledby="demo" className="rounded-2xl border border-line bg-surface p-5">
      <h2 id="demo" className="flex items-center gap-2 font-semibold">
        <FlaskConical aria-hidden className="size-4.5 text-accent" />
        {t('demo.title')}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('demo.text')}</p>
      <ul className="mt-3 divide-y divide-line">
        {logins.map((login) => (
          <li key={`${login.kind}.${login.username}`} className="flex items-center gap-3 py-2">
            <div className="min-w-0 grow text-sm">
              <p>
                <span className="font-mono font-semibold">{login.username}</span>{' '}
                <span className="text-muted">· {t(`demo.kind.${login.kind}`)}</span>
              </p>
              <p className="text-muted">
                {t('demo.password', { password: login.password })}
                {login.code && ` · ${t('demo.code', { code: login.code })}`}
              </p>
            </div>
            <Button size="small" className="shrink-0" onClick={() => onUse(login)}>
              {t('demo.use', { user: login.username })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
