import { CircleQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { t } from '../messages/catalogue'
import { Button } from '../ui/Button'
import { remember, remembered } from '../ui/remember'
import { OutsideLink, documentation } from './OutsideLink'

/** The two documents that answer most questions. */
export function HelpPanel({ isOfWhm = false }: { isOfWhm?: boolean }) {
  return (
    <aside aria-labelledby="need-help" className="h-fit rounded-xl border border-line bg-surface p-5">
      <h2 id="need-help" className="mb-2 font-semibold">
        {t('help.title')}
      </h2>
      <ul className="flex flex-col gap-2 text-sm">
        <li>
          <OutsideLink href={isOfWhm ? documentation.whmTokens : documentation.tokens}>
            {t(isOfWhm ? 'help.whmTokens' : 'help.tokens')}
          </OutsideLink>
        </li>
        <li>
          <OutsideLink href={documentation.api}>{t('help.api')}</OutsideLink>
        </li>
      </ul>
    </aside>
  )
}

/** Whether the help texts of forms are shown; remembered for all forms together. */
export function useHelp(): { isShown: boolean; toggle: () => void } {
  const [isShown, setIsShown] = useState(() => remembered('help') !== 'hidden')
  function toggle() {
    remember('help', isShown ? 'hidden' : 'shown')
    setIsShown(!isShown)
  }
  return { isShown, toggle }
}

export function HelpToggle({ isShown, toggle }: { isShown: boolean; toggle: () => void }) {
  return (
    <Button look="quiet" aria-pressed={isShown} onClick={toggle} size="small">
      <CircleQuestionMark aria-hidden className="size-4" />
      {t('help.toggle')}
    </Button>
  )
}
