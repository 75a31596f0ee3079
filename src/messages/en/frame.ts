export const frame = {
  'app.name': 'Keyring for cPanel',
  'app.shortName': 'Keyring',
  'app.skip': 'Skip to the content',
  'app.loading': 'Loading…',
  'app.documentTitle': '{title} · Keyring for cPanel',
  'app.documentTitleOf': '{title} · {user} · Keyring for cPanel',
  'app.dismiss': 'Dismiss',
  'app.opensElsewhere': '(opens in a new tab)',

  'header.signOut': 'Log out',
  'header.signOutFailed': 'You are still logged in',
  'header.theme': 'Theme',
  'header.theme.system': 'Same as the system',
  'header.theme.light': 'Light',
  'header.theme.dark': 'Dark',
  'header.actingAs': 'You are acting as {user}.',
  'header.backToAccounts': 'Back to all accounts',

  'frame.title': 'Manage API Tokens',
  'frame.intro':
    'API tokens let programs use this account without its password. Give every program a token of its own, so that you can revoke one without disturbing the others.',
  'frame.documentation': 'Read cPanel’s documentation',
  'frame.breadcrumb': 'Breadcrumb',
  'frame.experimental': 'cPanel still calls this feature experimental: it may change with an update of the server.',
  'frame.dismissExperimental': 'Dismiss this notice',
  'frame.clock':
    'The clock of this server differs from yours by about {minutes, plural, one {# minute} other {# minutes}}. What has expired is told by the server’s clock.',

  'help.title': 'Need Help?',
  'help.tokens': 'Manage API Tokens in cPanel',
  'help.api': 'Guide to API authentication',
  'help.toggle': 'Show/Hide Help',

  'notFound.title': 'There is no such page',
  'notFound.text': 'The address may be mistyped, or the page may have moved. Nothing has been changed.',
  'notFound.home': 'Go to your tokens',

  'crash.notLoaded': 'This page could not be loaded',
  'crash.title': 'This page broke',
  'crash.text':
    'That is a fault of ours. Nothing was changed on your server by it. Load the page again; if it breaks again, please report what you did.',
  'crash.reload': 'Load the page again',

  'accounts.title': 'Accounts',
  'accounts.intro': 'The accounts that {user} may manage on this server. Open one to see its API tokens.',
  'accounts.loading': 'Loading the accounts…',
  'accounts.search': 'Search by user or domain',
  'accounts.suspended': 'Suspended',
  'accounts.open': 'Tokens',
  'accounts.openOf': 'Tokens of {user}',
  'accounts.none': 'There are no accounts here.',
  'accounts.noMatch': 'No results match your query.',
  'accounts.count': '{count, plural, one {# account} other {# accounts}}',
} as const
