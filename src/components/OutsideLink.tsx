import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../messages/catalogue'

/** cPanel's public documentation. */
export const documentation = {
  tokens: 'https://docs.cpanel.net/cpanel/security/manage-api-tokens-in-cpanel/',
  whmTokens: 'https://docs.cpanel.net/whm/development/manage-api-tokens-in-whm/',
  api: 'https://api.docs.cpanel.net/guides/guide-to-api-authentication/guide-to-api-authentication-api-tokens-in-cpanel/',
}

/** A link out of the app, in a tab of its own so that no work is lost. It sends no referrer. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-2">
      {children}
      <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-0.1em]" />
      <span className="sr-only"> {t('app.opensElsewhere')}</span>
    </a>
  )
}
