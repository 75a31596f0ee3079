// oxlint-disable-next-line import/default -- Vite makes the module of this query
import viewWorkerUrl from '../inventory/viewWorker?worker&url'

declare global {
  interface Window {
    /**
     * TypeScript's DOM knows no Trusted Types. What a policy makes is a TrustedScriptURL, which its Worker does not know
     * either: to a program that only passes it on, a string.
     */
    trustedTypes?: {
      createPolicy: (
        name: string,
        rules: { createScriptURL: () => string },
      ) => { createScriptURL: (url: string) => string }
    }
  }
}

/**
 * The CSP lets an address become a script only where a policy named in proxy/headers.ts vouches for it. This one vouches for
 * the file of our Worker and answers with it whatever it is asked for, so there is nothing to be had from it. Made once: the
 * CSP allows no second of the name. Browsers without Trusted Types have none and take the plain address.
 */
const policy = window.trustedTypes?.createPolicy('keyring-worker', { createScriptURL: () => viewWorkerUrl })

/** Starts the Worker of src/inventory/viewWorker.ts, whatever was loaded of it before. */
export function newViewWorker(): Worker {
  return new Worker(policy?.createScriptURL(viewWorkerUrl) ?? viewWorkerUrl, { type: 'module' })
}
