/** Parameters in their order of appearance; a name may repeat. */
export type Params = readonly (readonly [name: string, value: string])[]

/** The first value of a parameter. */
export function valueOf(params: Params, name: string): string | undefined {
  return params.find(([key]) => key === name)?.[1]
}

/** All values of `X`, repeated `X` and `X-n`, in order of appearance (section 2.1). */
export function valuesOf(params: Params, name: string): string[] {
  return params.filter(([key]) => key === name || key.startsWith(`${name}-`)).map(([, value]) => value)
}

/** Parameters of a query string or a form. */
export function fromForm(text: string): Params {
  return [...new URLSearchParams(text)]
}

/** Parameters of a JSON body; null when it is no JSON object. `true` becomes "true", which no function accepts (section 3.8). */
export function fromJson(text: string): Params | null {
  const body = parse(text)
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return null
  return Object.entries(body).flatMap(([name, value]) => {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return values.map((item) => [name, textOf(item)] as const)
  })
}

/** Reads JSON without a promise about its shape; undefined when it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null ? '' : JSON.stringify(value)
}

/** An integer of at least 0, as epoch seconds are written; null for anything else. */
export function wholeNumber(text: string): number | null {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}
