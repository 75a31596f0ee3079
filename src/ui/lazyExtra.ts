import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

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

function orNothing<Props extends object>(load: Load<Props>): Promise<{ default: ComponentType<Props> }> {
  return load().then(
    (component) => ({ default: component }),
    () => ({ default: () => null }),
  )
}
