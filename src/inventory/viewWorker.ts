/**
 * The Worker that searches and sorts, so that neither holds up a key or a scroll. It holds the same columns as the page by
 * the same patches. Why a Worker: docs/decisions/0006.
 */
import { applyPatch } from './columns'
import type { FromWorker, ToWorker } from './messages'
import { addSearchTexts } from './searchTexts'
import { newViewer, viewOf } from './view'

const viewer = newViewer()

let patchMs = 0

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  const start = performance.now()
  if (data.kind === 'patch') {
    applyPatch(viewer.columns, data.patch)
    // The Worker searches in lower case only: the names themselves need no second home.
    viewer.columns.names.length = 0
    addSearchTexts(viewer.texts, data.patch)
    patchMs += performance.now() - start
    return
  }
  const view = viewOf(viewer, data.request)
  const answer: FromWorker = { id: data.id, view, computeMs: performance.now() - start, patchMs }
  patchMs = 0
  postMessage(answer, { transfer: [view.entries.buffer] })
})
