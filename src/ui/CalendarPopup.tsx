import { GregorianCalendar, parseDate, type CalendarDate } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { RefObject } from 'react'
import { Button } from 'react-aria-components/Button'
import { Calendar, CalendarCell, CalendarGrid } from 'react-aria-components/Calendar'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { Popover } from 'react-aria-components/Popover'

type CalendarPopupProps = {
  label: string
  trigger: RefObject<HTMLButtonElement | null>
  value: string
  min: string
  onPick: (day: string) => void
  onClose: () => void
}

const arrow = 'flex size-9 items-center justify-center rounded-lg hover:bg-sunken disabled:opacity-40'
const cell =
  'm-px flex size-9 items-center justify-center rounded-lg tabular-nums hover:bg-accent-soft data-disabled:opacity-40 data-disabled:hover:bg-transparent data-outside-month:hidden data-selected:bg-accent-fill data-selected:text-on-fill'

export function CalendarPopup({ label, trigger, value, min, onPick, onClose }: CalendarPopupProps) {
  return (
    <I18nProvider locale="en-US">
      <Popover
        isOpen
        onOpenChange={(isOpen) => !isOpen && onClose()}
        triggerRef={trigger}
        placement="bottom end"
        className="rounded-xl border border-line bg-raised p-3 shadow-lg outline-none"
      >
        <Dialog aria-label={label} className="outline-none">
          <Calendar
            aria-label={label}
            autoFocus
            value={dayOrNull(value)}
            minValue={parseDate(min)}
            createCalendar={() => new GregorianCalendar()}
            onChange={(date) => {
              onPick(date.toString())
              onClose()
            }}
          >
            <div className="mb-2 flex items-center justify-between">
              <Button slot="previous" className={arrow}>
                <ChevronLeft aria-hidden className="size-4" />
              </Button>
              <Heading className="font-semibold" />
              <Button slot="next" className={arrow}>
                <ChevronRight aria-hidden className="size-4" />
              </Button>
            </div>
            <CalendarGrid>{(date) => <CalendarCell date={date} className={cell} />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </I18nProvider>
  )
}

/** Half-typed dates choose nothing. */
function dayOrNull(text: string): CalendarDate | null {
  try {
    return parseDate(text)
  } catch {
    return null
  }
}
