import { clsx } from 'clsx'
import { LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { t } from '../messages/catalogue'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { MenuButton } from '../ui/MenuButton'
import { Logo } from '../ui/Logo'
import { chooseTheme, chosenTheme, followTheme, type Theme } from '../ui/theme'

/** The bar over every page: where one is, as whom, light or dark, and the way out. */
export function AppHeader({ children, isWide = false }: { children?: ReactNode; isWide?: boolean }) {
  return (
    <header className="border-b border-line bg-surface">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-lg focus:bg-raised focus:p-3"
      >
        {t('app.skip')}
      </a>
      <div
        className={clsx(
          'mx-auto flex flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 sm:gap-x-4 sm:px-6',
          isWide ? 'max-w-[100rem]' : 'max-w-6xl',
        )}
      >
        <Link to={paths.home} className="mr-auto flex items-center gap-2.5 font-semibold text-ink no-underline">
          <Logo />
          <span className="max-sm:hidden">{t('app.name')}</span>
          <span className="sm:hidden">{t('app.shortName')}</span>
        </Link>
        {children}
        <ThemeMenu />
      </div>
    </header>
  )
}

/** The way out of the connection that the page is about. */
export function LogOutButton({ isSigningOut, onSignOut }: { isSigningOut: boolean; onSignOut: () => void }) {
  return (
    <Button look="quiet" size="small" isBusy={isSigningOut} onClick={onSignOut}>
      <LogOut aria-hidden className="size-4 max-sm:hidden" />
      {t('header.signOut')}
    </Button>
  )
}

const themeIcons = { system: Monitor, light: Sun, dark: Moon }

function ThemeMenu() {
  const [theme, setTheme] = useState(chosenTheme)
  useEffect(() => followTheme(() => setTheme(chosenTheme())), [])
  const Icon = themeIcons[theme]
  function choose(value: string) {
    const next: Theme = value === 'light' || value === 'dark' ? value : 'system'
    chooseTheme(next)
    setTheme(next)
  }
  return (
    <MenuButton
      label={t('header.theme')}
      icon={<Icon aria-hidden className="size-4" />}
      value={theme}
      options={[
        { value: 'system', label: t('header.theme.system'), icon: <Monitor aria-hidden className="size-4" /> },
        { value: 'light', label: t('header.theme.light'), icon: <Sun aria-hidden className="size-4" /> },
        { value: 'dark', label: t('header.theme.dark'), icon: <Moon aria-hidden className="size-4" /> },
      ]}
      onChoose={choose}
    />
  )
}
