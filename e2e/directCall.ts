import { request } from 'node:https'
import type { Demo } from '../demo/demo'

/**
 * Lists an account's tokens as a script would: straight at the server, with a token in the header.
 * @returns whether the server let the token in
 */
export function worksDirectly(demo: Demo, username: string, secret: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${demo.cpanelUrl}/execute/Tokens/list`,
      { ca: demo.certificatePem, agent: false, headers: { authorization: `cpanel ${username}:${secret}` } },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode === 200))
      },
    )
    call.on('error', reject).end()
  })
}
