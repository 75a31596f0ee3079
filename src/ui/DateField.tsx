import { Calendar } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { Button } from './Button'
import { Field, TextInput } from './Field'
import { lazyExtra } from './lazyExtra'

const CalendarPopup = lazyExtra(() => import('./CalendarPopup').then((module) => module.CalendarPopup))

type DateFieldProps = {
  label: string
  hint: string
  error: string | undefined
  /** `YYYY-MM-DD`, or whatever was typed so far. */
  value: string
  onChange: (value: string) => void
  /** The first day the calendar offers, `YYYY-MM-DD`. */
  min: string
  chooseLabel: string
  calendarLabel: string
}

/** A day, typed or taken from a calendar. Typed in one fixed form, since 03/04 is two days. */
export function DateField({ label, hint, error, value, onChange, min, chooseLabel, calendarLabel }: DateFieldProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div className="flex max-w-64 gap-2">
          <TextInput
            {...control}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            placeholder="YYYY-MM-DD"
            inputMode="numeric"
            autoComplete="off"
            className="tabular-nums"
          />
          <Button
            ref={trigger}
            aria-label={chooseLabel}
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            size="icon"
            className="min-h-10 min-w-10"
            onClick={(event) => {
              event.currentTarget.focus()
              setIsOpen(true)
            }}
          >
            <Calendar aria-hidden className="size-4" />
          </Button>
          {isOpen && (
            <Suspense fallback={null}>
              <CalendarPopup
                label={calendarLabel}
                trigger={trigger}
                value={value}
                min={min}
                onPick={onChange}
                onClose={() => setIsOpen(false)}
              />
            </Suspense>
          )}
        </div>
      )}
    </Field>
  )
}
