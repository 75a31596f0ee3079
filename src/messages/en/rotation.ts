/** What the list itself says of rotations; it comes with the app. */
export const rotating = {
  'rotating.badge': 'Rotating',
  'rotating.old': 'Rotating: open the successor, {other}',
  'rotating.successor': 'Rotating: open the old token, {other}',
  'rotating.rotate': 'Rotate…',
} as const

/** Giving a token a successor, and the old one's end. */
export const rotation = {
  'rotation.title': 'Rotate API Token',
  'rotation.intro':
    'A successor of “{name}” with a secret of its own. Both work until you revoke the old one, so programs can change over one by one.',
  'rotation.introExpired':
    '“{name}” has expired, so no program can use it any more. This makes a successor with a secret of its own.',
  'rotation.old': 'The old token',
  'rotation.name': 'Name of the Successor',
  'rotation.nameHint': 'Counting on (-r2, -r3 and so on) is how the list tells that the two belong together.',
  'rotation.suggest': 'Use {suggestion}',
  'rotation.noPair':
    'By this name nobody can tell that it succeeds “{name}”: the list will not show the two as being rotated, and nothing reminds you to revoke the old one.',
  'rotation.noPairLong':
    '“{name}” is too long to be continued by a number, so the list will not show the two as being rotated, and nothing reminds you to revoke the old one. To mend that, rename the old token first, to at most {most} characters. Its secret stays the same.',
  'rotation.lifetime':
    'As long as the old token was made for: {days, plural, =0 {until the end of the day} one {# day} other {# days}}.',
  'rotation.lifetimeUnknown':
    'The server does not say for how long the old token was made. Choose how long its successor is to last.',
  'rotation.sameAccess': 'It may do the same as the old one.',
  'rotation.sameWhm': 'It may do the same as the old one, from the same addresses. After that, both can be edited.',
  'rotation.limited':
    'The old token is limited to {features}. Tokens like that can’t be created through the API, so choose what the successor may do.',
  'rotation.noPrivileges':
    'The old token has no privileges, and none without any can be created. Give it one first, or generate a new token.',
  'rotation.create': 'Create the Successor',
  'rotation.back': 'Go Back',
  'rotation.kept': 'The old token still works',
  'rotation.keptText':
    'Programs that use “{name}” notice nothing yet. Save the new secret now. The next page says what to do with it, and when to revoke the old one.',

  'rotation.panel': 'Rotation',
  'rotation.offer':
    'Give programs a new secret without a gap: a successor with the same lifetime and access is created, and both work until you revoke this one.',
  'rotation.offerExpired': 'Do programs still need it? A successor with the same lifetime and access can be created.',
  'rotation.start': 'Create a Successor…',
  'rotation.since': '{successor} was created {when} to replace {old}. Both work.',
  'rotation.sinceUnknown': '{successor} is to replace {old}. Both work.',
  'rotation.long': 'This rotation was never finished',
  'rotation.longText':
    'It was begun more than a week ago, and each secret that is valid can leak. Finish the steps, or revoke what is not used.',
  'rotation.older': 'Older still, and valid as well: {names}.',
  'rotation.leftOver':
    'It was replaced long ago: the newest of its family is {successor}. If no program uses this one any more, revoke it below.',
  'rotation.ended': 'This rotation ended meanwhile',
  'rotation.endedSuccessor':
    '“{successor}” was revoked or renamed, or has expired. “{old}” is as it was: don’t revoke it before there is another successor.',
  'rotation.endedOld': '“{old}” was revoked or renamed, or has expired. What is left is “{successor}”.',
  'rotation.step.use': 'Put the secret of {successor} in use wherever that of {old} is used now.',
  'rotation.step.test': 'Test the new secret.',
  'rotation.step.revoke': 'When nothing uses {old} any more, revoke it.',
  'rotation.open': 'Open {name}',
  'rotation.lost': 'The secret of {successor} was not saved? Revoke that one, and create another successor.',
  'rotation.revoke': 'Revoke the Old Token',
  'rotation.revokeText':
    'Every program that still uses {name} loses access at once. This can’t be undone. {successor} goes on working.',
  'rotation.inUse': '{successor} is in use, and nothing needs {old} any more.',

  'rotation.many.title':
    '{count, plural, =0 {None of these can be rotated together} one {Rotate # API token} other {Rotate # API tokens}}',
  'rotation.many.text':
    'Each gets a successor of the same lifetime and access. All secrets are shown once at the end, together. The old tokens work until you revoke them.',
  'rotation.many.plan': 'What each token becomes',
  'rotation.many.becomes': 'gets the successor {name}',
  'rotation.many.never': 'never expires',
  'rotation.many.until': 'expires on {moment}',
  'rotation.many.leftOut': '{count, plural, one {# token is left out} other {# tokens are left out}}',
  'rotation.many.expired': 'Has expired: no program can use it.',
  'rotation.many.rotating': 'Is being rotated already. Finish that first.',
  'rotation.many.lifetime': 'The server does not say for how long it was made. Open it, and choose.',
  'rotation.many.access': 'A token that may do the same can’t be created. Open it, and choose.',
  'rotation.many.name': 'Its name is too long to be continued. Open it, and choose.',
  'rotation.many.create': '{count, plural, one {Create # Successor} other {Create # Successors}}',
  'rotation.many.progress': 'Creating successors',
  'rotation.many.progressText': '{done} of {total} done',
  'rotation.many.stop': 'Stop',
  'rotation.many.back': 'Back to the list',
  'rotation.many.cancel': 'Cancel',
  'rotation.many.created': '{count, plural, one {# Successor Created} other {# Successors Created}}',
  'rotation.many.createdText':
    'The old tokens still work. Put the new secrets in use; the list reminds you of what is left to revoke.',
  'rotation.many.none': 'No successor was created',
  'rotation.many.failed': '{count, plural, one {# token has no successor} other {# tokens have no successor}}',
  'rotation.many.failedText': 'The old tokens are as they were.',
  'rotation.many.lost':
    'Created, but the answer with the secret never arrived. Revoke {name}, then rotate this one again.',
  'rotation.many.retry': '{count, plural, one {Try # token again} other {Try # tokens again}}',
  'rotation.many.differs':
    '{count, plural, one {# successor is not as its old token} other {# successors are not as their old tokens}}',
  'rotation.many.differsText': 'The server stored another expiry or access. Look at them in the list:',
  'rotation.many.secretOf': 'API token {name}',
  'rotation.many.copyOf': 'Copy the token {name}',
  'rotation.many.copied':
    'Copied the token {name}. Paste it where it is needed now; the clipboard can be read by other programs.',
  'rotation.many.replaces': 'replaces {old}',
  'rotation.many.goneText':
    'This page was left, so the tokens were wiped from it. The successors exist. Of those that you did not save, revoke the successor and rotate again.',
  'rotation.many.savedToast': '{count, plural, one {# token is being rotated.} other {# tokens are being rotated.}}',

  'rotation.notice': '{count, plural, one {# token is being rotated} other {# tokens are being rotated}}',
  'rotation.noticeLong':
    '{count, plural, one {# rotation was begun more than a week ago and never finished} other {# rotations were begun more than a week ago and never finished}}',
  'rotation.noticeText': 'Both secrets of a pair are valid. Once the new one is in use, revoke the old token.',
  'rotation.noticePair': '{old}, replaced by {successor}',
  'rotation.noticeMore': '{count, plural, one {and # more} other {and # more}}',
} as const
