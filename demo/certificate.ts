import { X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

/** Key and certificate of a listener, in PEM, and the SHA-256 fingerprint (`AB:CD:…`). */
export interface Certificate {
  readonly key: string
  readonly pem: string
  readonly fingerprint256: string
}

/** What may be wrong with a certificate (section 12); `other` is sound, but not the one that was pinned. */
export type CertificateFlaw = 'none' | 'other' | 'expired' | 'wrong-name'

const day = 86_400_000

/** Makes a self-signed certificate, as new cPanel servers have (section 4.5). Uses the real time, as TLS does. */
export async function makeCertificate(flaw: CertificateFlaw = 'none'): Promise<Certificate> {
  const name = flaw === 'wrong-name' ? 'wrong.example.net' : 'localhost'
  const until = flaw === 'expired' ? -day : 365 * day
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 30 * day),
    notAfterDate: new Date(Date.now() + until),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames:
          flaw === 'wrong-name'
            ? [{ type: 2, value: name }]
            : [
                { type: 2, value: name },
                { type: 7, ip: '127.0.0.1' },
                { type: 7, ip: '::1' },
              ],
      },
    ],
  })
  const { fingerprint256 } = new X509Certificate(made.cert)
  return { key: made.private, pem: made.cert, fingerprint256 }
}
