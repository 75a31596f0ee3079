import type { Change } from '../data/moved'
import { t } from '../messages/catalogue'
import { Notice } from '../ui/Notice'

/** Somebody else was quicker: what they did. The next press acts on the list as it is now. */
export function MovedNotice({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return null
  return (
    <Notice tone="warn" role="alert" title={t('revoke.moved')}>
      <ul>
        {changes.map((change) => (
          <li key={change.name}>{wordsFor(change)}</li>
        ))}
      </ul>
    </Notice>
  )
}

function wordsFor(change: Change): string {
  switch (change.kind) {
    case 'renamed':
      return t('revoke.movedRenamed', { name: change.name, newName: change.newNames.join(' / ') })
    case 'replaced':
      return t('revoke.movedReplaced', { name: change.name })
    case 'revoked':
      return t('revoke.movedRevoked', { name: change.name })
    case 'unsucceeded':
      return t('revoke.movedUnsucceeded', { name: change.name })
  }
}
