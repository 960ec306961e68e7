import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The figures of this process, in the form Prometheus reads. Labels are names of ours, never ids or anything about a person. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const httpSeconds = new Histogram({
  name: 'hall_http_request_seconds',
  help: 'How long requests took, by route as it is declared',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
});

export const jobSeconds = new Histogram({
  name: 'hall_job_seconds',
  help: 'How long runs of periodic jobs took',
  labelNames: ['job', 'result'] as const,
  buckets: [0.01, 0.1, 1, 10, 60, 600],
  registers: [registry],
});

/** Work that waits in the store, asked for when somebody reads the figures: the same from every process. */
export function watchQueue(kinds: Readonly<Record<string, () => Promise<number>>>): void {
  registry.removeSingleMetric('hall_waiting');
  new Gauge({
    name: 'hall_waiting',
    help: 'Work that waits in the store, by kind',
    labelNames: ['kind'] as const,
    registers: [registry],
    async collect() {
      await Promise.all(
        Object.entries(kinds).map(async ([kind, count]) => {
          const waiting = await count().catch(() => Number.NaN);
          this.set({ kind }, waiting);
        }),
      );
    },
  });
}
