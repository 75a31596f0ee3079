/** Reminders of what expires, and clocks that differ: few need them, so they come later than the app. */
export const reminders = {
  'reminders.title':
    '{count, plural, one {# token expires} other {# tokens expire}} within {days, plural, one {# day} other {# days}}',
  'reminders.step':
    'Within {days, plural, one {# day} other {# days}}: {count, plural, one {# token} other {# tokens}}',
  'reminders.stepMore':
    'Within {days, plural, one {# day} other {# days}}: {count, plural, one {# more} other {# more}}',
  'reminders.moreNames': 'and {count} more',
  'reminders.dismiss': 'Dismiss this notice until tomorrow',
  'reminders.download': 'Download reminders (.ics)',
  'reminders.ofToken': 'Download a reminder (.ics)',
  'reminders.ofShown': 'Reminders of these tokens for a calendar (.ics)',
  'reminders.asCalendar': 'As reminders for a calendar (.ics)',

  'reminders.saved': '{count, plural, one {Reminder of # token downloaded.} other {Reminders of # tokens downloaded.}}',
  'reminders.open': 'Open the file with your calendar.',
  'reminders.leftOut':
    'Left out: {never, plural, one {# token that never expires} other {# tokens that never expire}}, {expired, plural, one {# that has expired} other {# that have expired}}.',
  'reminders.leftOutNever':
    'Left out: {count, plural, one {# token that never expires} other {# tokens that never expire}}.',
  'reminders.leftOutExpired':
    'Left out: {count, plural, one {# token that has expired} other {# tokens that have expired}}.',
  'reminders.nothing': 'There is nothing to remind of: none of these tokens will expire.',

  'reminders.event': 'API token {name} of {account} on {server} expires',
  'reminders.eventText':
    'The API token “{name}” of {account} on {server} works until {moment}. Programs that use it stop working then. Before that, create a new token, put it into every program that uses this one, and revoke this one.\n\nThis reminder was made on {made} and does not follow changes: if the token was renamed, revoked or given another date since then, download the reminders again and delete this one.',

  'clock.ahead': 'The clock of {server} is about {difference} ahead of this computer’s.',
  'clock.behind': 'The clock of {server} is about {difference} behind this computer’s.',
  'clock.thisAhead': 'The clock of this server is about {difference} ahead of this computer’s.',
  'clock.thisBehind': 'The clock of this server is about {difference} behind this computer’s.',
  'clock.minutes': '{count, plural, one {# minute} other {# minutes}}',
  'clock.hours': '{count, plural, one {# hour} other {# hours}}',
  'clock.days': '{count, plural, one {# day} other {# days}}',
  'clock.means': 'Expiry goes by the server’s clock: it is the one that decides.',
  'clock.todo':
    'Check the date and time of this computer. If they are right, whoever runs the server should set its clock by a time service (NTP).',
} as const
