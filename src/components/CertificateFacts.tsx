import type { ReactNode } from 'react'
import { t } from '../messages/catalogue'
import type { CertificateFlaw, ServerCertificate } from '../session/servers'
import { Notice } from '../ui/Notice'
import { Fingerprint } from './Fingerprint'
import { When, shortMoment } from './When'

type OfHost = { certificate: ServerCertificate; host: string }

/** Whether the certificate can be trusted, in the one of three ways that it is: by itself, after comparing, or rather not. */
export function CertificateVerdict({ certificate, host }: OfHost) {
  if (certificate.isTrusted) {
    return (
      <Notice tone="ok" title={t('addServer.trusted')}>
        <p>{t('addServer.trustedText', { issuer: certificate.issuer, host })}</p>
      </Notice>
    )
  }
  const isVouchedFor = !certificate.flaws.some((flaw) => flaw === 'self-signed' || flaw === 'unknown-issuer')
  const faults = certificate.flaws.flatMap((flaw) => flawWords(flaw, { certificate, host }) ?? [])
  return (
    <Notice
      tone={faults.length > 0 ? 'danger' : 'warn'}
      title={t(faults.length > 0 ? 'addServer.flawed' : 'addServer.untrusted')}
    >
      {faults.map((fault) => (
        <p key={fault}>{fault}</p>
      ))}
      <p>{t(isVouchedFor ? 'addServer.flawedText' : 'addServer.untrustedText')}</p>
    </Notice>
  )
}

/** What is wrong beyond that nobody known vouches for it. */
function flawWords(flaw: CertificateFlaw, { certificate, host }: OfHost): string | null {
  switch (flaw) {
    case 'expired':
      return t('addServer.flaw.expired', { when: momentOf(certificate.validTo) })
    case 'not-yet-valid':
      return t('addServer.flaw.not-yet-valid', { when: momentOf(certificate.validFrom) })
    case 'other-name':
      return t('addServer.flaw.other-name', { names: namesOf(certificate), host })
    case 'self-signed':
    case 'unknown-issuer':
      return null
  }
}

function momentOf(iso: string): string {
  return shortMoment(Date.parse(iso) / 1000)
}

type FactsProps = {
  certificate: ServerCertificate
  /** What was found, in words. */
  doors: string
  /** The fingerprint that was trusted until now, where it was another one. */
  before: string | null
}

/** What a person judges a certificate by. */
export function CertificateFacts({ certificate, doors, before }: FactsProps) {
  return (
    <dl className="@container flex flex-col gap-3 rounded-xl border border-line bg-sunken p-4 text-sm">
      <Fact label={t('addServer.doors')}>{doors}</Fact>
      <Fact label={t('addServer.names')}>{namesOf(certificate)}</Fact>
      <Fact label={t('addServer.issuer')}>
        {certificate.flaws.includes('self-signed') ? t('addServer.itself') : certificate.issuer}
      </Fact>
      <Fact label={t('addServer.validTo')}>
        <When at={new Date(certificate.validTo)} />
      </Fact>
      {before !== null && (
        <Fact label={t('addServer.fingerprintBefore')}>
          <Fingerprint>{before}</Fingerprint>
        </Fact>
      )}
      <Fact label={t('addServer.fingerprint')}>
        <Fingerprint>{certificate.fingerprint256}</Fingerprint>
      </Fact>
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="gap-4 @sm:grid @sm:grid-cols-[9rem_1fr]">
      <dt className="text-muted">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}

const NAMED = 4

function namesOf({ names, subject }: ServerCertificate): string {
  if (names.length === 0) return subject || t('addServer.noNames')
  const named = names.slice(0, NAMED).join(', ')
  const count = names.length - NAMED
  return count > 0 ? t('addServer.moreNames', { names: named, count }) : named
}
