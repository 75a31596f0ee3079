import { useSearchParams } from 'react-router'
import { remember, remembered } from '../ui/remember'
import { listViewFrom, listViewTo, type ListView } from './listView'

/** The view the URL asks for, and a way to change it. Sort and page size are remembered; the search never is. */
export function useListView(): [ListView, (change: Partial<ListView>) => void] {
  const [search, setSearch] = useSearchParams()
  const view = listViewFrom(search, new URLSearchParams(remembered('list') ?? ''))

  function change(part: Partial<ListView>): void {
    // What changes the rows starts again at their first page.
    const next = { ...view, page: 1, ...part }
    const { sort, dir, size } = Object.fromEntries(listViewTo(next))
    if (part.q === undefined)
      remember('list', String(new URLSearchParams({ sort: sort ?? '', dir: dir ?? '', size: size ?? '' })))
    // Typing leaves no trail of half words in the history; turning a page is a step one can go back.
    setSearch(listViewTo(next), { replace: part.page === undefined, preventScrollReset: true })
  }

  return [view, change]
}
