import type { DemoOptions } from '../demo/options'
import { test, type House } from './fixtures'
import { openHouse } from './house'

/** The same test, with a server and a Keyring of other settings: one house for all tests of the file. */
export function testInHouse(options: DemoOptions, settings: Record<string, string> = {}) {
  return test.extend<object, { house: House }>({
    house: [
      async ({}, use) => {
        const house = await openHouse(options, settings)
        await use(house)
        await house.close()
      },
      { scope: 'worker' },
    ],
  })
}
