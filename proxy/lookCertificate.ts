import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { CertificateFlaw, ServerCertificate } from './contract'

/** A shared server's certificate may be for hundreds of names, and a hostile one's for as many as fit. */
const mostNames = 100

/** `isTrusted` and `isForHost` are what TLS itself found; `now` is in ms since epoch. */
type Findings = { isTrusted: boolean; isForHost: boolean; now: number }

/** What people need to know of a certificate to judge it. */
export function describeCertificate(certificate: X509Certificate, findings: Findings): ServerCertificate {
  return {
    fingerprint256: certificate.fingerprint256,
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: namesOf(certificate.subjectAltName),
    validFrom: new Date(certificate.validFrom).toISOString(),
    validTo: new Date(certificate.validTo).toISOString(),
    isTrusted: findings.isTrusted,
    flaws: findings.isTrusted ? [] : flawsOf(certificate, findings),
  }
}

/** Node names only the first thing it dislikes; people should hear of all. */
function flawsOf(certificate: X509Certificate, { isForHost, now }: Findings): CertificateFlaw[] {
  const flaws: CertificateFlaw[] = []
  if (certificate.checkIssued(certificate)) flaws.push('self-signed')
  if (now > Date.parse(certificate.validTo)) flaws.push('expired')
  if (now < Date.parse(certificate.validFrom)) flaws.push('not-yet-valid')
  if (!isForHost) flaws.push('other-name')
  return flaws.length === 0 ? ['unknown-issuer'] : flaws
}

/** The common name and the organisation of `CN=…\nO=…`, which is what people know an authority by; else all of it. */
function nameOf(distinguished: string): string {
  const parts = distinguished.split('\n')
  const known = ['CN=', 'O='].flatMap((key) =>
    parts.filter((part) => part.startsWith(key)).map((part) => part.slice(key.length)),
  )
  return shorten([...new Set(known)].join(', ') || parts.join(', '))
}

/** DNS names and addresses of `DNS:a.example, IP Address:192.0.2.1`. */
function namesOf(alternatives: string | undefined): string[] {
  const found = (alternatives ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):([^,"]+)/g)
  return [...found].slice(0, mostNames).map(([, name = '']) => shorten(isIP(name) === 6 ? shortForm(name) : name))
}

/** `::1` for `0:0:0:0:0:0:0:1`. */
function shortForm(ipv6: string): string {
  return new URL(`https://[${ipv6}]`).hostname.slice(1, -1)
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
