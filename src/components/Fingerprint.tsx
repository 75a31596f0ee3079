/** A fingerprint in rows of eight pairs, which one can follow with a finger. Selected, it is one text again. */
export function Fingerprint({ children }: { children: string }) {
  const rows = children.match(/(?:[^:]+:?){1,8}/g) ?? [children]
  return (
    <code className="font-mono text-[0.8125rem] leading-relaxed">
      {rows.map((row) => (
        <span key={row} className="block">
          {row}
        </span>
      ))}
    </code>
  )
}
