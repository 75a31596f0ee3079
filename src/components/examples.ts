import type { Usage } from './useUsage'

export const LANGUAGES = ['curl', 'PHP', 'Python', 'Node.js'] as const
export type Language = (typeof LANGUAGES)[number]

/**
 * A call that works as it stands: it lists the account's tokens. The header is `cpanel USER:TOKEN`, not Bearer, and the
 * port cPanel's own (CPANEL_API.md 4.1). No example switches off the check of the certificate.
 */
export function example(language: Language, { url, user }: Usage, secret: string): string {
  const address = `${url}/execute/Tokens/list`
  const authorization = `cpanel ${user}:${secret}`
  switch (language) {
    case 'curl':
      return `curl --header 'Authorization: ${authorization}' '${address}'`
    case 'PHP':
      return [
        '<?php',
        `$call = curl_init('${address}');`,
        `curl_setopt($call, CURLOPT_HTTPHEADER, ['Authorization: ${authorization}']);`,
        'curl_setopt($call, CURLOPT_RETURNTRANSFER, true);',
        'echo curl_exec($call);',
      ].join('\n')
    case 'Python':
      return [
        'from urllib.request import Request, urlopen',
        '',
        `request = Request("${address}", headers={"Authorization": "${authorization}"})`,
        'print(urlopen(request).read().decode())',
      ].join('\n')
    case 'Node.js':
      return [
        `const response = await fetch('${address}', {`,
        `  headers: { Authorization: '${authorization}' },`,
        '})',
        'console.log(await response.json())',
      ].join('\n')
  }
}
