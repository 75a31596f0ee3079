/** Adding a server by its address, and having it forgotten. */
export const servers = {
  'addServer.title': 'Add a server',
  'addServer.againTitle': 'The certificate of {name}',
  'addServer.lead': 'It is remembered on this machine, for you alone. Nothing on the server changes.',
  'addServer.againLead':
    'It shows another certificate than before, or one that is not trusted any more. Nothing was sent to it.',
  'addServer.address': 'Address',
  'addServer.addressHint': 'Such as server.example.com. An address copied from the browser will do.',
  'addServer.find': 'Find the server',
  'addServer.looking': 'Looking at the server’s certificate…',
  'addServer.again': 'Look again',
  'addServer.cancel': 'Cancel',

  'addServer.fault.missing': 'Enter the address of the server.',
  'addServer.fault.not-an-address':
    'This is no address of a server. Enter its name or IP address, with a port if it has one of its own: server.example.com:2083.',
  'addServer.fault.plain-http':
    'An address with http:// is not protected: others could read your password. Enter it without http://.',
  'addServer.fault.credentials': 'Leave out the user name and the password, and what follows them up to the @.',
  'addServer.fault.plain-port':
    'That port is not protected: others could read your password. Use 2083 for cPanel or 2087 for WHM.',
  'addServer.fault.webmail-port':
    'That port is for webmail, which has no API tokens. Use 2083 for cPanel or 2087 for WHM.',

  'addServer.failed': 'No server was found there',
  'addServer.nothingAdded': 'Nothing was added.',
  'addServer.why.refused': 'Nothing listens on port {ports} of {host}. Check the address, and that cPanel runs.',
  'addServer.why.unknown-host': 'There is no server named {host}. Check the spelling.',
  'addServer.why.unreachable': 'This machine’s network does not lead to {host}.',
  'addServer.why.timeout': '{host} gave no answer on port {ports} in time. It may be down, or behind a firewall.',
  'addServer.why.no-tls':
    'What answers on port {ports} of {host} does not speak TLS: it is no cPanel or WHM whose certificate could be checked.',
  'addServer.lookFailed': 'The look did not work',

  'addServer.found': '{host} answers',
  'addServer.door.cpanel': 'cPanel (port {port})',
  'addServer.door.whm': 'WHM (port {port})',
  'addServer.door.unknown': 'Port {port}',
  'addServer.doors': 'Found',
  'addServer.leftOut': 'Port {ports} gave no answer and is left out.',
  'addServer.kind': 'What is at port {port}?',
  'addServer.kindMissing': 'Choose who logs in there: a cPanel account, or a WHM user.',
  'addServer.which': 'cPanel and WHM show different certificates. Add one now, the other afterwards:',
  'addServer.issuer': 'Issued by',
  'addServer.itself': 'itself (self-signed)',
  'addServer.names': 'Made for',
  'addServer.moreNames': '{names} and {count} more',
  'addServer.noNames': 'no name',
  'addServer.validTo': 'Valid until',
  'addServer.fingerprint': 'SHA-256 fingerprint',
  'addServer.fingerprintBefore': 'Trusted until now',

  'addServer.trusted': 'Its certificate is trusted',
  'addServer.trustedText':
    '{issuer} vouches that this is {host}, and this machine knows that authority. There is nothing to compare, now or when the certificate is renewed.',
  'addServer.untrusted': 'Is this really your server?',
  'addServer.flawed': 'Something is wrong with this certificate',
  'addServer.untrustedText':
    'No authority that this machine knows vouches for its certificate. Servers make such certificates for themselves, but so could somebody in between. Compare the fingerprint with the one that the server itself shows.',
  'addServer.flawedText':
    'Better have it mended on the server first. To go on all the same, compare the fingerprint with the one that the server itself shows.',
  'addServer.flaw.expired': 'It expired {when}.',
  'addServer.flaw.not-yet-valid': 'It is valid only from {when} on. Check the clock of this machine.',
  'addServer.flaw.other-name': 'It is for {names}, not for {host}.',
  'addServer.command': 'Run this on the server',
  'addServer.commandHint': 'Over SSH or in cPanel’s Terminal. Or ask whoever runs the server for its fingerprint.',
  'addServer.copyCommand': 'Copy the command',
  'addServer.copied': 'Copied.',
  'addServer.notCopied': 'Copying is blocked here: select it and press {keys}.',
  'addServer.pasted': 'Fingerprint that the server shows',
  'addServer.pastedHint': 'Optional: paste it, and Keyring compares.',
  'addServer.same': 'They are the same: this is your server.',
  'addServer.different': 'They differ: this is not your server, or it shows several certificates. Don’t trust it.',

  'addServer.name': 'Name',
  'addServer.nameHint': 'How it is called here.',
  'addServer.add': 'Add the server',
  'addServer.trust': 'Trust and add',
  'addServer.update': 'Use this certificate',
  'addServer.trustNew': 'Trust this certificate',
  'addServer.knownAdded': 'You added this server before, as {name}. It keeps its place in the list.',
  'addServer.listed': 'This server is in the list already',
  'addServer.listedText': 'It is called {name}. Nothing was added.',
  'addServer.use': 'Log in to {name}',
  'addServer.done': 'Added {name}.',
  'addServer.updated': 'The certificate of {name} is trusted from now on.',

  'addServer.notAdded': 'The server was not added',
  'addServer.changed': 'The certificate changed just now',
  'addServer.changedText':
    'A moment ago the server showed another one, so nothing was added. Look again. If it goes on changing, several servers answer at this address, or somebody is in between.',
  'addServer.notKept':
    'The file that remembers servers can’t be used: {file}. It may belong to somebody else, be open for others to write, or be on a full disk. The log of Keyring says which. Nothing was added.',

  'forgetServer.ask': 'Forget {name}?',
  'forgetServer.text':
    'Keyring no longer lists it, and logs you out of it. Nothing on the server changes: its tokens stay. You can add it again.',
  'forgetServer.confirm': 'Forget it',
  'forgetServer.cancel': 'Keep it',
  'forgetServer.done': 'Forgot {name}.',
  'forgetServer.failed': 'The server was not forgotten',
} as const
