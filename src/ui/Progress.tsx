type ProgressProps = { label: string; value: number; max: number; children: string }

/** How far work has come, as a bar and in words. */
export function Progress({ label, value, max, children }: ProgressProps) {
  return (
    <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1">
      <progress
        aria-label={label}
        max={Math.max(max, 1)}
        value={value}
        className="h-2 min-w-32 grow appearance-none overflow-hidden rounded-full bg-line forced-colors:appearance-auto [&::-moz-progress-bar]:bg-accent-fill [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent-fill"
      />
      <span className="text-sm tabular-nums">{children}</span>
    </div>
  )
}
