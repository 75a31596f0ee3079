/** Trying a token at the server, beside its secret or with one that is pasted. */
export const testToken = {
  'testToken.test': 'Test this token',
  'testToken.about': 'Asks {server} one question with this token, as {user}. Nothing changes there.',
  'testToken.testing': 'Asking the server…',
  'testToken.noDoor':
    'Tokens of accounts can’t be tested here: Keyring knows the address of this server’s WHM only, not of its cPanel.',

  'testToken.pasted': 'Secret of “{name}”',
  'testToken.pastedHint':
    'It goes to {server} once, as {user}, and is kept nowhere. The field is emptied with the answer.',
  'testToken.pastedTest': 'Test',
  'testToken.wrongForm': 'Paste the secret: letters and digits, without spaces. Nothing was sent.',

  'testToken.works': 'The token works',
  'testToken.worksText': 'The server accepted this token just now, as {user} on {server}.',
  'testToken.worksWhich':
    'Which token of {user} it is, the server does not say. Be sure that it is the one for “{name}”.',
  'testToken.worksFrom':
    'The test came from the machine where Keyring runs. The token is limited to IP addresses, so this says nothing of other machines.',

  'testToken.refused': 'The server did not accept this token',
  'testToken.refusedText': 'It was sent as {user} to {server}, and no server tells why it says no. It may be that',
  'testToken.why.pasted': 'it is of another user, or not all of it was pasted.',
  'testToken.why.new': 'it is only seconds old. Some servers take a moment: test it again.',
  'testToken.why.over': 'it has expired, or was revoked meanwhile.',
  'testToken.why.addresses':
    'it is limited to IP addresses. The test came from the machine where Keyring runs; from those addresses it may well work.',
  'testToken.why.privilege':
    'it lacks the privilege “Basic WHM Functions”. Some servers then refuse this question like a wrong token.',

  'testToken.limited': 'The server accepted this token, but not this call',
  'testToken.limitedText':
    'The test reads the list of API tokens, which {user} or this token may not do. What else it may do, the test can’t tell.',
  'testToken.limitedWhmText':
    'The test asks WHM for its version, which takes the privilege “Basic WHM Functions”. What the token’s own privileges allow is not touched by that.',
  'testToken.reasons': 'The server says: {reasons}',

  'testToken.unclear': 'The answer says nothing of the token',
  'testToken.unclearText':
    '{server} answered “forbidden” (403) in a way that may mean either: it does not accept the token, or something in front of it, such as a firewall, refused the question.',

  'testToken.failed': 'The token was not tested',
  'testToken.wait': 'Too many tests in a row',
  'testToken.waitText':
    'So that the server does not take them for an attack, no more are sent for now. The token is as it was. Wait {seconds, plural, one {# second} other {# seconds}}, then test again.',
} as const
