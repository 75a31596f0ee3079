import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerNothingHere } from './answers'

/**
 * Serves the built page from `dir` (absolute), with its precompressed `.br` and `.gz` siblings. Files under /assets/
 * have a hash in their name and never change; everything else is asked for again each time.
 */
export async function serveStaticFiles(app: FastifyInstance, dir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: dir,
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    logLevel: 'warn',
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(`${dir}/assets/`)
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

/** Answers what is no file and no route: index.html for the paths of the page's own router, 404 for the rest. */
export function answerPage(request: FastifyRequest, reply: FastifyReply): void {
  if (isPagePath(request)) reply.sendFile('index.html')
  else answerNothingHere(request, reply)
}

function isPagePath(request: FastifyRequest): boolean {
  const path = (request.raw.url ?? '').split('?', 1)[0] ?? ''
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  if (/^\/(api|assets)(\/|$)/.test(path)) return false
  // A person goes to a page; a script or an image that is missing must not be answered with one.
  const { accept = '' } = request.headers
  return request.headers['sec-fetch-mode'] === 'navigate' || accept.includes('text/html') || !/\.[^/]*$/.test(path)
}
