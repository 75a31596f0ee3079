import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMetrics } from './metrics'
import { serveMetrics, type MetricsServer } from './metricsServer'
import { rawRequest, sendRaw } from './testing/raw'

let server: MetricsServer

beforeAll(async () => {
  const metrics = createMetrics()
  metrics.observeRequest({ method: 'GET', route: '/api/servers', status: 200, seconds: 0.01 })
  server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 })
})

afterAll(() => server.close())

test('Prometheus gets what was counted, and what Node tells of itself', async () => {
  const answer = await sendRaw(server.url, rawRequest('GET', '/metrics?x=1'))
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*content-type: text\/plain; version=0\.0\.4/i)
  expect(answer).toContain('keyring_http_requests_total{method="GET",route="/api/servers",status="200"} 1')
  expect(answer).toContain('process_resident_memory_bytes')
  expect(answer).toContain('nodejs_eventloop_lag_seconds')
})

test.each([
  ['GET', '/'],
  ['GET', '/metrics/'],
  ['GET', '/api/servers'],
  ['POST', '/metrics'],
  ['DELETE', '/metrics'],
])('there is nothing else: %s %s', async (method, path) => {
  expect(await sendRaw(server.url, rawRequest(method, path))).toMatch(/^HTTP\/1\.1 404 [^]*\r\n\r\n$/)
})

test('an address that can’t be listened on is a wrong setting', async () => {
  const port = Number(new URL(server.url).port)
  await expect(serveMetrics(createMetrics(), { host: '127.0.0.1', port })).rejects.toThrow(
    `METRICS_PORT=${port}: it can't be listened on (EADDRINUSE): choose another`,
  )
  await expect(serveMetrics(createMetrics(), { host: '192.0.2.1', port: 0 })).rejects.toThrow(
    'METRICS_HOST=192.0.2.1: this is no address of this machine',
  )
})
