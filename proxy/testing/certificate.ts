import { generate } from 'selfsigned'

/** A certificate and its private key, PEM. */
export type Certificate = { cert: string; key: string }

/** A self-signed certificate for 127.0.0.1; `validForMs` may be negative for one that has expired. */
export async function createCertificate(options: { validForMs?: number; name?: string } = {}): Promise<Certificate> {
  const { validForMs = 3_600_000, name = '127.0.0.1' } = options
  const end = Date.now() + validForMs
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Math.min(Date.now(), end) - 3_600_000),
    notAfterDate: new Date(end),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [/^\d/.test(name) ? { type: 7, ip: name } : { type: 2, value: name }] },
    ],
  })
  return { cert, key }
}
