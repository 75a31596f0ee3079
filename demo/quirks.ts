/**
 * What docs/CPANEL_API.md leaves open ("[?]"), or what differs from server to server (section 9, item 9).
 * A client may depend on none of it, so every answer is a switch; an account may have its own.
 */
export interface Quirks {
  /** Envelope of `/execute/`: section 0 says flat, cPanel's own OpenAPI wrapped. */
  readonly envelope: 'flat' | 'wrapped'
  /** Whether numbers in `data` arrive as JSON numbers (section 9.9). */
  readonly numbers: 'numbers' | 'strings'
  /** `errors`, `messages` and `warnings` when there are none: docs say null, the vendor's mock []. */
  readonly none: 'null' | 'array'
  /** Perl's empty hash may come out as an empty list (section 12). */
  readonly emptyObjects: 'objects' | 'arrays'
  /** Whether create answers `name` and `expires_at` as well (section 1.1). */
  readonly createEchoes: boolean
  /** How names are compared for uniqueness (section 1.6). */
  readonly uniqueNames: 'case-sensitive' | 'case-insensitive'
  /** Real servers ignore parameters they don't know; refusing them finds spelling mistakes. */
  readonly unknownParameters: 'refused' | 'ignored'
  /** How a read-only token is refused a write (section 9.6). */
  readonly readonlyRefusal: 'status-0' | 'http-403'
  /** Where `Features::has_feature` puts its answer: not described anywhere we may read. */
  readonly hasFeature: 'data' | 'status'
  /** A privilege is missing in WHM: `Access denied` with result 0, or HTTP 403 (section 2.7). */
  readonly whmRefusal: 'result-0' | 'http-403'
  /** Asking for a privilege one does not hold (section 2.2). */
  readonly unownedAcl: 'refused' | 'dropped'
  /** Names that root may not give a token: said of `wp_dashboard_create_api_token` alone (section 2), from 138 on. */
  readonly reservedNames: 'refused' | 'allowed'
  /** What `api_token_update` does without `whitelist_ip` (section 2.4). */
  readonly updateWithoutWhitelist: 'clears' | 'keeps'
  /** `api_token_revoke` with an unknown name, alone or among others (section 2.5). */
  readonly revokeUnknown: 'fails' | 'ignored'
  /** `metadata.result` of `api_token_get_details` for an unknown secret (section 2.6). */
  readonly unknownSecretResult: 0 | 1
  /** `data.tokens` of `api_token_list` when there are none (section 2.3). */
  readonly noTokens: 'object' | 'array' | 'null'
  /** Outer `metadata.result` of `batch` when a command failed (section 3.3). */
  readonly batchOuter: 'ok' | 'fails-with-inner'
  /** Privilege values of `myprivs`: as measured (root 1, reseller "1") or all of one kind (section 2.9). */
  readonly privilegeValues: 'measured' | 'integers' | 'strings'
  /** Body of a failed sign-in; some servers send HTML (section 4.2). */
  readonly loginFailure: 'json' | 'html'
  /** `message` of the JSON sign-in when a two-factor code is missing (section 4.2). */
  readonly tfaMessage: string
  /** Two-factor also for Basic: "Configure Security Policies > API requests" (section 4.2). */
  readonly tfaForBasic: boolean
  /** Whether tokens need a code as well: not stated anywhere (section 4.2). */
  readonly tfaForTokens: boolean
  /** What a cookie call sees whose session ended or whose cpsess is missing or wrong (sections 4.3, 12). */
  readonly sessionRefusal: 'html-200' | 'html-401' | 'html-403' | 'json-403'
  /** Body of the 403 for bad or missing credentials: as recorded, or a page (section 4.3). */
  readonly refusalBody: 'cpanelresult' | 'html'
  /** Whether a suspended account may still sign in: only creating is documented as refused (section 1.5). */
  readonly suspendedLogin: 'allowed' | 'refused'
}

/** The documented or recorded behaviour where there is one, else the stricter one. */
export const defaultQuirks: Quirks = {
  envelope: 'flat',
  numbers: 'numbers',
  none: 'null',
  emptyObjects: 'objects',
  createEchoes: false,
  uniqueNames: 'case-sensitive',
  unknownParameters: 'refused',
  readonlyRefusal: 'status-0',
  hasFeature: 'data',
  whmRefusal: 'result-0',
  unownedAcl: 'refused',
  reservedNames: 'refused',
  updateWithoutWhitelist: 'clears',
  revokeUnknown: 'fails',
  unknownSecretResult: 1,
  noTokens: 'object',
  batchOuter: 'ok',
  privilegeValues: 'measured',
  loginFailure: 'json',
  tfaMessage: 'tfa_required',
  tfaForBasic: true,
  tfaForTokens: false,
  sessionRefusal: 'html-401',
  refusalBody: 'cpanelresult',
  suspendedLogin: 'allowed',
}
