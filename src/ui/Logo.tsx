/** The product's mark, the same as public/favicon.svg: in the page itself, since a picture would be one more request. */
export function Logo() {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className="size-7 shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent-fill" />
      <circle cx="12.5" cy="12.5" r="6" fill="none" strokeWidth="3" className="stroke-on-fill" />
      <path
        d="M17 17l8 8m-3.2-3.2l2.6-2.6"
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        className="stroke-on-fill"
      />
    </svg>
  )
}
