import { Search } from 'lucide-react'
import { useState } from 'react'
import { TextInput } from '../ui/Field'

type SearchBoxProps = { label: string; query: string; onQuery: (query: string) => void }

/**
 * Finds rows by a part of their name. Focused on arrival, as in cPanel: most visits look for one token. The URL is the home
 * of the query, but it follows a moment later: what is typed stands here meanwhile, or quick fingers would lose letters.
 */
export function SearchBox({ label, query, onQuery }: SearchBoxProps) {
  const [text, setText] = useState(query)
  const [awaited, setAwaited] = useState<string | null>(null)
  if (awaited === query) setAwaited(null)
  // Nothing of ours is on its way: somebody else changed the URL, such as Back or "Show all tokens".
  else if (awaited === null && text !== query) setText(query)

  return (
    <search className="relative min-w-48 flex-1 sm:max-w-sm">
      <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-muted" />
      <TextInput
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAwaited(event.target.value)
          onQuery(event.target.value)
        }}
        onBlur={() => setAwaited(null)}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- SCREENS.md: the search box is focused on arrival
        autoFocus
        className="pl-9 text-ellipsis"
      />
    </search>
  )
}
