export const signIn = {
  'signIn.title': 'Log in',
  'signIn.lead': 'Manage the API tokens of your cPanel account.',
  'signIn.server': 'Server',
  'signIn.addServer': 'Add a server…',
  'signIn.forgetServer': 'Forget this server',
  'signIn.kind': 'Log in to',
  'signIn.kind.cpanel': 'cPanel',
  'signIn.kind.whm': 'WHM',
  'signIn.username': 'Username',
  'signIn.password': 'Password',
  'signIn.token': 'API Token',
  'signIn.useToken': 'Use an API token instead',
  'signIn.usePassword': 'Use the password instead',
  'signIn.code': 'Security Code',
  'signIn.codeHint': 'Six digits from the app on your phone.',
  'signIn.haveCode': 'I have a security code',
  'signIn.submit': 'Log in',
  'signIn.safety': 'Your password goes to your server once, to log in. It is not stored.',
  'signIn.noServers': 'No server is set up',
  'signIn.noServersText':
    'Set CPANEL_URL or SERVERS_FILE where Keyring runs, then start it again. The README tells how.',
  'signIn.missingUsername': 'Enter the user name.',
  'signIn.missingPassword': 'Enter the password.',
  'signIn.missingToken': 'Enter the API token.',
  'signIn.badCode': 'Enter the six digits of the security code.',

  'signIn.failed.wrong': 'The login is invalid',
  'signIn.failed.wrongPassword':
    'The server did not accept this user name and password. Check both. After several wrong tries cPanel may block the account or your address for a while and still say the same, so don’t keep trying: wait a few minutes, or use an API token, which keeps working.',
  'signIn.failed.wrongToken':
    'The server did not accept this API token. It may be mistyped, expired or revoked, belong to another user, or be made for the other of cPanel and WHM.',
  'signIn.failed.wrongCode':
    'The server did not accept the password together with this code. Codes last about 30 seconds: enter the one that is shown now.',
  'signIn.failed.code': 'One more step to log in',
  'signIn.failed.codeText': 'This account uses two-factor authentication. Enter the code that your app shows now.',
  'signIn.failed.blocked': 'Too many failed tries',
  'signIn.failed.blockedText':
    'To keep the server from blocking you for longer, no further try is passed on for now. Wait {seconds, plural, one {# second} other {# seconds}}, check the password, then try again.',
  'signIn.failed.certificate': 'The server’s certificate is not trusted',
  'signIn.failed.certificateText':
    'Nothing was sent to it. If the server is yours and its certificate is self-signed, put its fingerprint into CPANEL_FINGERPRINT256 (or its certificate into CPANEL_CA) where Keyring runs, but only after comparing it with the one shown on the server itself. It is:',
  'signIn.failed.changed': 'The server’s certificate has changed',
  'signIn.failed.changedText':
    'It is another one than Keyring was told to trust, so nothing was sent to it, your password neither. It may have been renewed, or somebody may pretend to be the server. Compare what is shown now with the certificate on the server itself. Only if they are the same, set the new fingerprint where Keyring runs (CPANEL_FINGERPRINT256, or in SERVERS_FILE).',
  'signIn.failed.paused': 'The server can’t be reached',
  'signIn.failed.pausedText':
    'It took no connection several times in a row, so Keyring leaves it alone for a moment and did not send your login. Wait {seconds, plural, one {# second} other {# seconds}}, then try again.',
  'signIn.failed.store': 'Keyring can’t log anybody in just now',
  'signIn.failed.storeText':
    'It can’t reach the place where it keeps its sessions. That says nothing about your login. Try again in a moment; if it stays, tell whoever runs Keyring.',

  'signInAgain.title': 'Your session has ended',
  'signInAgain.text':
    'The server logged {user} out. Log in again to go on: this page and what you typed stay as they are.',
  'signInAgain.leave': 'Go to the login page',

  'signIn.failed.addedText':
    'Nothing was sent to it. It may have been renewed, or somebody may be in between. Look at the new one, and compare it before you trust it.',
  'signIn.failed.addedElsewhere':
    'Nothing was sent to it. It may have been renewed, or somebody may be in between. Try to log in to this server on the login page: there you can look at the new one.',
  'signIn.look': 'Look at the new certificate…',

  'demo.title': 'This is the demo server',
  'demo.text':
    'No real server is set up, so a simulated one runs beside this page. Nothing here is real: try everything.',
  'demo.use': 'Use {user}',
  'demo.kind.cpanel': 'cPanel account',
  'demo.kind.whm': 'WHM user',
  'demo.password': 'password {password}',
  'demo.code': 'security code {code}',
} as const
