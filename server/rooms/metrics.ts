import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitingSends } from '../areas/applications/waitingSends.ts';
import { waitingOrders } from '../government/booking/waitingOrders.ts';
import type { Gates } from '../government/gates.ts';
import { waitingRuns } from '../kernel/jobRunner.ts';
import type { RunningWorker } from '../kernel/jobs.ts';
import { log } from '../kernel/log.ts';
import { registry, watchQueue } from '../kernel/metrics.ts';

/**
 * The figures of this process for operators: `GET /metrics` on a port of its own that listens on this machine only. The hall's own port
 * has no such address: behind a proxy everybody would come from this machine.
 */
export async function startMetrics(port: number, gates: Gates): Promise<RunningWorker & { port: number }> {
  watchQueue({
    jobs: waitingRuns,
    cityOrders: async () => (await waitingOrders()).waiting,
    caseSends: async () => (await waitingSends()).waiting,
  });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => {
        response.writeHead(200, { 'content-type': registry.contentType });
        response.end(`${text}${gates.metrics()}\n`);
      },
      (cause: unknown) => {
        log.error({ cause }, 'the figures could not be read');
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
