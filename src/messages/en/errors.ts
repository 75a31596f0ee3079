/** Per kind of CpanelError: what happened, and what to do. What is unchanged, the place says where it is shown. */
export const errors = {
  'error.unauthenticated': 'You were not logged in any more.',
  'error.unauthenticated.todo': 'Log in, then try again.',
  'error.wrong_credentials': 'The server did not accept the login.',
  'error.wrong_credentials.todo': 'Check the user name and the password.',
  'error.code_required': 'The server asks for a security code.',
  'error.code_required.todo': 'Log in again with the code.',
  'error.forbidden': 'The server refused this call.',
  'error.forbidden.todo':
    'Your user may lack the privilege or the feature for it, or the account may be suspended. Ask whoever runs the server.',
  'error.rejected': 'The server said no.',
  'error.rejected.reason': 'The server said: {reasons}',
  'error.rejected.todo':
    'Nothing was changed by this. If the reason is unclear, load the list again to see how things stand.',
  'error.unreachable': 'The server can’t be reached, or the connection to it broke.',
  'error.unreachable.todo': 'Check that it runs, then try again.',
  'error.timeout': 'The server took too long to answer.',
  'error.timeout.todo': 'It may be busy. Try again in a few minutes.',
  'error.upstream_failed': 'The server reported a fault of its own.',
  'error.upstream_failed.todo': 'A service on it may be restarting. Try again in a minute.',
  'error.redirected': 'The server sent us to another address, where we don’t follow: it could be anybody’s.',
  'error.redirected.todo': 'Whoever runs Keyring should set the server’s final address.',
  'error.untrusted_certificate': 'The server’s certificate is not trusted, so nothing was sent to it.',
  'error.untrusted_certificate.todo':
    'Whoever runs Keyring should check whether the certificate was changed on purpose, then set its new fingerprint.',
  'error.certificate_changed':
    'The server shows another certificate than the one that is trusted here, so nothing was sent to it.',
  'error.certificate_changed.todo':
    'It may have been renewed, or somebody may pretend to be the server. Whoever runs Keyring should compare what is shown now with the certificate on the server itself, and set the new fingerprint only if they are the same. If you added the server yourself, try to log in to it on the login page: there you can look at the new certificate.',
  'error.fingerprintExpected': 'Expected',
  'error.fingerprintShown': 'Shown now',
  'error.paused':
    'The server could not be reached several times in a row, so Keyring leaves it alone for a moment. Nothing was sent to it.',
  'error.paused.todo':
    'Wait {seconds, plural, one {# second} other {# seconds}}, then try again. If it stays, check that the server runs.',
  'error.store_unavailable': 'Keyring can’t read its sessions just now.',
  'error.store_unavailable.todo':
    'You are still logged in, and nothing was sent to the server. Try again in a moment; if it stays, tell whoever runs Keyring.',
  'error.offline': 'Keyring itself can’t be reached.',
  'error.offline.todo': 'Check your network, and that Keyring still runs.',
  'error.garbled': 'The server’s answer can’t be understood.',
  'error.garbled.todo':
    'It may have been cut off, or come from something else than cPanel. Try again; if it stays, ask whoever runs the server.',
  'error.too_many_requests': 'The server asks for a break.',
  'error.too_many_requests.todo': 'Wait {seconds, plural, one {# second} other {# seconds}}, then try again.',
  'error.refused': 'Keyring did not pass this call on.',
  'error.refused.todo': 'Load the page again. If it stays, that is a fault of ours or of the set-up.',
  'error.moved': 'Somebody renamed it meanwhile, or made another one of its name, so it was left alone.',
  'error.moved.todo': 'Look at the list and choose again.',
  'error.unsucceeded': 'Its successor is gone meanwhile, so it was left alone: programs may need it still.',
  'error.unsucceeded.todo': 'Look at the list and choose again.',
  'error.unchanged': 'The server said that it was done, but its list shows that it was not.',
  'error.unchanged.todo': 'Try again; if it stays, ask whoever runs the server.',
  'error.cancelled': 'It was stopped.',
  'error.cancelled.todo': 'Try again when you are ready.',
  'error.reference': 'Reference:',
  'error.tryAgain': 'Try again',
  'error.tryAgainIn': '({seconds} s)',
  'error.loadList': 'The tokens could not be loaded',
  'error.loadAccounts': 'The accounts could not be loaded',
  'error.loadServers': 'The login page could not be prepared',
  'error.signIn': 'Logging in did not work',
} as const
