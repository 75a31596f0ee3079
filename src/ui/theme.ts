import { remember } from './remember'

/** The theme a person chose, or the system's. Lives as `data-theme` on the root, where a script in index.html puts it at start. */
export type Theme = 'system' | 'light' | 'dark'

export function chosenTheme(): Theme {
  const theme = document.documentElement.dataset['theme']
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

export function chooseTheme(theme: Theme): void {
  show(theme)
  remember('theme', theme)
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

/** Takes over what is chosen in another tab, and calls back then. Returns what ends that. */
export function followTheme(onChange: () => void): () => void {
  const listener = ({ key, newValue }: StorageEvent) => {
    if (key !== 'keyring.theme') return
    show(newValue === 'light' || newValue === 'dark' ? newValue : 'system')
    onChange()
  }
  window.addEventListener('storage', listener)
  return () => window.removeEventListener('storage', listener)
}
