import type { Row } from './table'

/** Rows as no documentation shows them: markup, control and right-to-left characters, missing and wrong fields. */
export const garbageRows: readonly Row[] = [
  {
    name: '<img src=x onerror=alert(1)>',
    create_time: 1_700_000_000,
    expires_at: null,
    features: [],
    has_full_access: 1,
  },
  { name: '‮gnp.nekot⁦', create_time: 1_700_000_000, expires_at: null, features: [], has_full_access: 1 },
  {
    name: 'nul\u0000bell\u0007\u001b[31m',
    create_time: 1_700_000_000,
    expires_at: null,
    features: [],
    has_full_access: 1,
  },
  { name: '=1+1', create_time: 1_700_000_000, expires_at: null, features: [], has_full_access: 1 },
  { name: 'no-fields' },
  { name: 'text-times', create_time: 'yesterday', expires_at: 'never', features: 'all', has_full_access: 'yes' },
  { name: 'negative-times', create_time: -1, expires_at: -1, features: [], has_full_access: 1 },
  {
    name: 'milliseconds',
    create_time: 1_700_000_000_000,
    expires_at: 9_999_999_999_999,
    features: [],
    has_full_access: 1,
  },
  { name: 'n'.repeat(500), create_time: 1_700_000_000, expires_at: null, features: null, has_full_access: 1 },
  { name: null, create_time: 1_700_000_000, expires_at: null, features: [], has_full_access: 1 },
  { create_time: 1_700_000_000, expires_at: null, features: [], has_full_access: 1 },
  { name: 42, create_time: 1_700_000_000.5, expires_at: 0, features: {}, has_full_access: null, readonly: 'maybe' },
]
