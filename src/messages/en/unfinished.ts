/** What was under way when a page ended, being offline, and waiting for long. */
export const unfinished = {
  'unfinished.title': 'What was under way',
  'unfinished.intro':
    'The page was closed, or an answer was lost, before the end was known. Nothing is tried again by itself: the list tells how it ended.',
  'unfinished.look': 'Look now',
  'unfinished.dismiss': 'Dismiss',
  'unfinished.logIn': 'Log in',
  'unfinished.list': 'Show the list',
  'unfinished.of': '{user}, {age}',

  'unfinished.create': 'Creating “{name}”',
  'unfinished.revoke': 'Revoking “{name}”',
  'unfinished.create-many': 'Creating {count} API tokens',
  'unfinished.revoke-many': 'Revoking {count} API tokens',
  'unfinished.rename': 'Renaming “{name}” to “{newName}”',
  'unfinished.save': 'Saving “{name}”',

  'unfinished.looking': '{what}: reading the list…',
  'unfinished.signed-out': '{what}: nobody knows yet. Log in as {user}, and the list will tell.',
  'unfinished.unreadable':
    '{what}: nobody knows yet, since the list can’t be read. {reason} It is read again by itself.',
  'unfinished.done': '{what}: done.',
  'unfinished.brokenOff.create-many':
    '{what}: broken off. Tokens that were made by then exist, but their secrets were shown nowhere, so revoke them and create others. What had not begun was not done.',
  'unfinished.brokenOff.revoke-many':
    '{what}: broken off. What was revoked by then is gone. What had not begun was not done.',
  'unfinished.open.create':
    '{what}: there is no such token so far. The server may still be working on it; the list is read again by itself.',
  'unfinished.open.revoke':
    '{what}: it is still there. The server may still be working on it; the list is read again by itself.',
  'unfinished.open.rename':
    '{what}: it still has its old name. The server may still be working on it; the list is read again by itself.',
  'unfinished.open.save':
    '{what}: it still has its old name. The server may still be working on it; the list is read again by itself.',
  'unfinished.not-done.create': '{what}: not done. There is no such token, so it is safe to create it again.',
  'unfinished.not-done.revoke': '{what}: not done. It is still there and still works; revoke it again if you want to.',
  'unfinished.not-done.rename': '{what}: not done. It still has its old name.',
  'unfinished.not-done.save': '{what}: not done. It still has its old name.',
  'unfinished.exists':
    '{what}: a token of that name exists. Its secret was shown nowhere, so revoke it and create another.',
  'unfinished.taken': '{what}: not done. There is a token of that name, but it is an older one.',
  'unfinished.gone': '{what}: the list has no such token any more. Somebody may have renamed or revoked it meanwhile.',
  'unfinished.compare': '{what}: only you can tell. Open it and see whether it is as you wanted it.',

  'offline.title': 'Keyring can’t be reached',
  'offline.text':
    'What you see is from before, and changes will not work. It goes on by itself as soon as Keyring answers.',
  'offline.device': 'Your device says that it is offline.',
  'offline.tryNow': 'Try now',

  'slow.text': 'The server is slow to answer. Still waiting…',
} as const
