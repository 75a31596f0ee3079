import type { Usage } from './useUsage'

export const LANGUAGES = ['curl', 'PHP', 'Python', 'Node.js'] as const
export type Language = (typeof LANGUAGES)[number]

/** What an example asks for: the account's tokens, or at WHM what the token may do, which needs no privilege. */
const CALLS = { cpanel: '/execute/Tokens/list', whm: '/json-api/myprivs?api.version=1' }

/** The header that a token travels in: `cpanel USER:TOKEN` or `whm USER:TOKEN`, not Bearer (CPANEL_API.md 4.1). */
export function authorization({ kind, user }: Usage, secret: string): string {
  return `${kind} ${user}:${secret}`
}

/** A call that works as it stands, at the port of its own. No example switches off the check of the certificate. */
export function example(language: Language, usage: Usage, secret: string): string {
  const address = usage.url + CALLS[usage.kind]
  const header = authorization(usage, secret)
  switch (language) {
    case 'curl':
      return `curl --header 'Authorization: ${header}' '${address}'`
    case 'PHP':
      return [
        '<?php',
        `$call = curl_init('${address}');`,
        `curl_setopt($call, CURLOPT_HTTPHEADER, ['Authorization: ${header}']);`,
        'curl_setopt($call, CURLOPT_RETURNTRANSFER, true);',
        'echo curl_exec($call);',
      ].join('\n')
    case 'Python':
      return [
        'from urllib.request import Request, urlopen',
        '',
        `request = Request("${address}", headers={"Authorization": "${header}"})`,
        'print(urlopen(request).read().decode())',
      ].join('\n')
    case 'Node.js':
      return [
        `const response = await fetch('${address}', {`,
        `  headers: { Authorization: '${header}' },`,
        '})',
        'console.log(await response.json())',
      ].join('\n')
  }
}
