import {
  createElement,
  lazy,
  useEffect,
  useState,
  type ComponentType,
  type LazyExoticComponent,
  type ReactNode,
} from 'react'

type Extra<Props> = LazyExoticComponent<ComponentType<Props>>
type Load<Props> = () => Promise<ComponentType<Props>>

/**
 * A component in a file of its own, for what the page is worth more than: where the file can't be loaded (no network, another
 * version is there by now), it is left out, and the page stays.
 */
export function lazyExtra<Props extends object>(load: Load<Props>): Extra<Props> {
  return lazy(() => orNothing(load))
}

/** The same, begun with the page: it is there when it is needed, and moves nothing under somebody's finger. */
export function earlyExtra<Props extends object>(load: Load<Props>): Extra<Props> {
  const loading = orNothing(load)
  return lazy(() => loading)
}

/**
 * The same for what stands above something that one presses: `begin` is called ahead of need, and once the file is there, it is
 * drawn together with the rest. With `lazy` it would come a moment after it, and move it.
 */
export function aheadExtra<Props extends object>(
  load: Load<Props>,
  meanwhile: ReactNode = null,
): { Extra: ComponentType<Props>; begin: () => Promise<void> } {
  let loaded: ComponentType<Props> | null = null
  async function begin(): Promise<void> {
    loaded ??= (await orNothing(load)).default
  }
  function Extra(props: Props): ReactNode {
    const [isLoaded, setIsLoaded] = useState(loaded !== null)
    useEffect(() => {
      if (!isLoaded) void begin().then(() => setIsLoaded(true))
    }, [isLoaded])
    return loaded === null ? meanwhile : createElement(loaded, props)
  }
  return { Extra, begin }
}

function orNothing<Props extends object>(load: Load<Props>): Promise<{ default: ComponentType<Props> }> {
  return load().then(
    (component) => ({ default: component }),
    () => ({ default: () => null }),
  )
}
