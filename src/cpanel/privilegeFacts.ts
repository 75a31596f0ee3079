/**
 * The privileges (ACLs) that cPanel & WHM ships, with cPanel's own titles in cPanel's own order; plugins may add others.
 * @see https://docs.cpanel.net/whm/resellers/edit-reseller-nameservers-and-privileges/ (98 and later), CPANEL_API.md 2.8
 */

/** What it is called on the wire, and its title in WHM. */
type PrivilegeFact = readonly [name: string, title: string]

/** In the order in which WHM lists them: a tier (a heading of WHM), a group within it, and the privileges of the group. */
export const PRIVILEGE_FACTS: readonly (readonly [
  tier: string,
  group: string,
  privileges: readonly PrivilegeFact[],
])[] = [
  [
    'Basic Privileges',
    'Initial Privileges',
    [
      ['acct-summary', 'Account Summary'],
      ['basic-system-info', 'Basic System Information'],
      ['basic-whm-functions', 'Basic WHM Functions'],
      ['connected-applications', 'Configure connected external applications'],
      ['cors-proxy-get', 'Allow CORS HTTP Requests'],
      ['cpanel-api', 'Perform cPanel API and UAPI functions through the WHM API'],
      ['cpanel-integration', 'Manage cPanel Integration Links'],
      ['create-user-session', 'Create User Session'],
      ['digest-auth', 'Digest Authentication'],
      ['generate-email-config', 'Generate Mobile Email Configurations'],
      ['list-pkgs', 'List Packages'],
      ['manage-api-tokens', 'Manage API Tokens'],
      ['manage-dns-records', 'Manage DNS Records'],
      ['manage-oidc', 'Manage OpenID Connect'],
      ['manage-styles', 'Manage Styles'],
      ['mysql-info', 'MySQL Information'],
      ['ns-config', 'Nameserver Configuration'],
      ['public-contact', 'Public Contact Information'],
      ['ssl-info', 'SSL Information'],
      ['track-email', 'Track Email'],
    ],
  ],
  [
    'Standard Privileges',
    'Account Information',
    [
      ['list-accts', 'List Accounts'],
      ['show-bandwidth', 'View Account Bandwidth Usage'],
    ],
  ],
  [
    'Standard Privileges',
    'Account Management',
    [
      ['create-acct', 'Create Accounts'],
      ['kill-acct', 'Terminate Accounts'],
      ['suspend-acct', 'Suspend/Unsuspend Accounts'],
      ['upgrade-account', 'Upgrade/Downgrade Accounts'],
      ['ssl', 'SSL Site Management'],
      ['ssl-buy', 'Purchase SSL Certificates'],
      ['ssl-gencrt', 'SSL CSR/Certificate Generator'],
      ['edit-mx', 'Edit MX Entries'],
      ['passwd', 'Change Passwords'],
      ['file-restore', 'File and Directory Restoration'],
    ],
  ],
  [
    'Standard Privileges',
    'DNS',
    [
      ['create-dns', 'Add DNS Zones'],
      ['kill-dns', 'Remove DNS Zones'],
      ['park-dns', 'Park DNS Zones'],
      ['edit-dns', 'Edit DNS Zones'],
    ],
  ],
  [
    'Standard Privileges',
    'Packages',
    [
      ['add-pkg', 'Add/Remove Packages'],
      ['edit-pkg', 'Edit Packages'],
    ],
  ],
  ['Standard Privileges', 'Third-Party Services', [['thirdparty', 'Manage Third-Party Services']]],
  ['Standard Privileges', 'Troubleshooting', [['mailcheck', 'Troubleshoot Mail Delivery']]],
  ['Standard Privileges', 'cPanel Management', [['news', 'News Modification']]],
  [
    'Standard Privileges',
    'Account Enhancements',
    [['assign-root-account-enhancements', 'Use Root Account Enhancements']],
  ],
  ['Package Privileges', 'Accounts', [['allow-shell', 'Allow Creation of Accounts with Shell Access']]],
  ['Package Privileges', 'Package Access', [['viewglobalpackages', 'Use Root Packages']]],
  [
    'Package Privileges',
    'Package Creation',
    [
      ['allow-addoncreate', 'Create Packages with Addon Domains'],
      ['allow-parkedcreate', 'Create Packages with Parked (Alias) Domains'],
      ['add-pkg-ip', 'Create Packages with Dedicated IP Address'],
      ['add-pkg-shell', 'Create Packages with Shell Access'],
      ['allow-unlimited-pkgs', 'Create Packages with Unlimited Features'],
      ['allow-emaillimits-pkgs', 'Create Packages with Custom Email Limits'],
      ['allow-unlimited-disk-pkgs', 'Create Packages with Unlimited Disk Usage'],
      ['allow-unlimited-bw-pkgs', 'Create Packages with Unlimited Bandwidth'],
    ],
  ],
  [
    'Global Privileges',
    'Server Information',
    [
      ['status', 'View Server Status'],
      ['stats', 'View Server Information'],
    ],
  ],
  ['Global Privileges', 'Services', [['restart', 'Restart Services']]],
  ['Global Privileges', 'Troubleshooting', [['resftp', 'Resynchronize FTP Passwords']]],
  [
    'Super Privileges',
    'Account Management',
    [
      ['edit-account', 'Account Modification'],
      ['limit-bandwidth', 'Bandwidth Limiting Modification'],
      ['quota', 'Quota Modification'],
      ['demo-setup', 'Set an Account to be a Demo Account'],
    ],
  ],
  ['Super Privileges', 'Advanced Account Management', [['rearrange-accts', 'Rearrange Accounts']]],
  ['Super Privileges', 'Clustering', [['clustering', 'DNS Clustering']]],
  ['Super Privileges', 'Locales', [['locale-edit', 'Modify & Create Locales']]],
  ['Root Access', 'Everything', [['all', 'All Features']]],
]
