export const secret = {
  'secret.title': 'Token Created Successfully',
  'secret.created': 'You successfully created an unrestricted API token “{name}”.',
  'secret.createdReadOnly': 'You successfully created a read-only API token “{name}”.',
  'secret.copyThis': 'Copy the following token to a safe place:',
  'secret.field': 'API Token',
  'secret.copy': 'Copy',
  'secret.copied': 'Copied. Paste it where it is needed now; the clipboard can be read by other programs.',
  'secret.copyByHand': 'The browser did not allow copying. The token is selected: press {keys}.',
  'secret.only': 'This is your only opportunity to copy this token!',
  'secret.onlyNever': 'It does not expire.',
  'secret.onlyExpires':
    'It expires on {moment}. The system does not delete an expired token: it stays in the list until you revoke it.',
  'secret.another': 'Create another token after I click Yes, I saved my token.',
  'secret.saved': 'Yes, I Saved My Token',
  'secret.developer': 'Developer documentation for API tokens',
  'secret.download': 'Download',
  'secret.downloadText': 'As a text file',
  'secret.downloadEnv': 'As a .env file',
  'secret.use': 'How to use it',
  'secret.useHeader': 'Send it in this header with every call. It is not a “Bearer” token.',
  'secret.header': 'The header',
  'secret.useLanguage': 'Example in',
  'secret.copyExample': 'Copy the example',
  'secret.exampleCopied': 'Copied the example, with the token in it.',
  'secret.exampleNotCopied': 'The browser did not allow copying. Select the example and copy it by hand.',

  'secret.checking': 'Checking what the server stored…',
  'secret.unchecked':
    'What the server stored could not be checked, because its list can’t be read just now. The token above is valid. Look at its expiry and access in the list later.',
  'secret.differs': 'The server did not do all that you asked for',
  'secret.differs.expiry': 'It stored no such expiry: the token {stored}.',
  'secret.differs.expiryNever': 'does not expire',
  'secret.differs.expiryAt': 'expires on {moment}',
  'secret.differs.access':
    'It ignored “Read-only”: the token can change everything that the account can change. Servers before cPanel 138 do that.',
  'secret.differs.missing': 'The token is not in its list. Somebody may have revoked it, or the list lags behind.',
  'secret.revokeNow': 'Revoke it now',
  'secret.revokedNow': 'Revoked {name}. Nobody can use it.',

  'leave.title': 'Leave without saving the token?',
  'leave.text':
    'The token is shown only here and only now. If you leave, it stays valid but nobody will ever see it again.',
  'leave.creationTitle': 'Leave while the token is being created?',
  'leave.creationText':
    'It is created all the same, and its secret would be shown nowhere. Stay until the server has answered.',
  'leave.stay': 'Stay',
  'leave.leave': 'Leave',

  'secret.gone': 'The token is no longer shown',
  'secret.goneText':
    'This page was left, so the token was wiped from it. “{name}” exists. If you didn’t save its secret, revoke it and create a new one.',
} as const
