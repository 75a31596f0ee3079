import { remember, remembered } from '../ui/remember'
import { listViewFrom, listViewTo, type ListView } from './listView'
import { useQueryString } from './useQueryString'

/** The view the URL asks for, and a way to change it. Sort and page size are remembered; the search never is. */
export function useListView(): [ListView, (change: Partial<ListView>) => void] {
  const [search, setSearch] = useQueryString()

  function change(part: Partial<ListView>): void {
    setSearch(
      (before) => {
        // What changes the rows starts again at their first page.
        const next = listViewTo({ ...viewOf(before), page: 1, ...part })
        if (part.q === undefined) rememberOrder(next)
        return next
      },
      // Typing leaves no trail of half words in the history; turning a page is a step one can go back.
      { replace: part.page === undefined },
    )
  }

  return [viewOf(search), change]
}

function viewOf(search: URLSearchParams): ListView {
  return listViewFrom(search, new URLSearchParams(remembered('list') ?? ''))
}

function rememberOrder(view: URLSearchParams): void {
  const { sort, dir, size } = Object.fromEntries(view)
  remember('list', String(new URLSearchParams({ sort: sort ?? '', dir: dir ?? '', size: size ?? '' })))
}
