export const create = {
  'create.title': 'Create API Token',
  'create.name': 'API Token Name',
  'create.namePlaceholder': 'deploy-bot',
  'create.nameHint': 'Up to 50 letters, digits, dashes and underscores. Name it after the program that will use it.',
  'create.name.empty': 'Enter a name.',
  'create.name.tooLong': 'The name has {length} characters; at most 50 are allowed.',
  'create.name.characters': 'Use only letters, digits, dashes (-) and underscores (_).',
  'create.name.taken': 'A token with this name exists already.',

  'create.expire': 'Should the API Token Expire?',
  'create.expire.never': 'The API Token will not expire.',
  'create.expire.at': 'Specify an expiration date.',
  'create.expire.neverRisk':
    'Works until somebody revokes it. If it leaks and nobody notices, it stays open: a date limits the damage.',
  'create.expire.atHelp':
    'The program stops working on that day unless you give it a new token. The date can’t be changed later.',
  'create.date': 'API Token Expiration Date',
  'create.dateHint': 'YYYY-MM-DD. The token works until the end of that day.',
  'create.chooseDate': 'Choose a date',
  'create.calendar': 'Calendar',
  'create.date.empty': 'Enter a date.',
  'create.date.notADay': 'Enter a real date as YYYY-MM-DD, for example {example}.',
  'create.date.past': 'This day is over. Choose today or a later one.',
  'create.quick': 'Quick choices',
  'create.quickDays': '{days, plural, one {# day} other {# days}}',
  'create.quickYear': '1 year',
  'create.moment': 'Expires {relative}, on {moment}.',

  'create.access': 'Access',
  'create.access.full': 'Full access',
  'create.access.fullText': 'Can do everything that the account can do.',
  'create.access.readOnly': 'Read-only',
  'create.access.readOnlyText': 'Can look at everything and change nothing.',
  'create.access.readOnlyUnsure':
    'Can look at everything and change nothing. Servers before cPanel 138 ignore this wish, and this one has not shown its version: after creating, the list is read back and you are told if it did.',

  'create.danger': 'Danger',
  'create.dangerText':
    'A token can use every API that this account can use: files, mail, databases, domains. cPanel can’t limit it to some of them. Treat it like the account’s password.',
  'create.dangerReadOnly':
    'A read-only token still sees everything that this account can see. Treat it like the account’s password.',
  'create.submit': 'Create',
  'create.back': 'Go Back',
  'create.failed': 'The token was not created',
  'create.unresolved': 'It is not known whether the token was created',
  'create.unresolvedText':
    'The answer of the server never came, and its list does not tell yet. Nothing is tried again by itself. Check before you create another.',
  'create.checkAgain': 'Check again',
  'create.checkAbsent': '“{name}” is not in the list. Creating it again is safe.',

  'lost.title': 'The token exists, but its secret was lost',
  'lost.text':
    'The server created “{name}”, but the connection broke before its answer arrived. The secret was in that answer and the server never shows it again, so nobody can use this token.',
  'lost.replaceFailed': 'The token was not created again',
  'lost.replace': 'Revoke It and Create It Again',
  'lost.keep': 'Leave it and go to the list',
} as const
