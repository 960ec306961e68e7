/** What one answered request of the load test was. */
export interface Answered {
  readonly status: number;
  readonly ms: number;
  // biome-ignore lint/suspicious/noExplicitAny: the load test reads a few fields of many answers
  readonly body: any;
}

/** Asks one of the servers, in turn; keeps what was answered and how fast. */
export class LoadClient {
  readonly times: number[] = [];
  readonly statuses = new Map<number, number>();
  /** Answers of 500 and above other than "busy", by error id. */
  readonly faults = new Map<string, number>();
  private turn = 0;

  constructor(private readonly servers: readonly string[]) {}

  async ask(
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: unknown,
  ): Promise<Answered> {
    const server = this.servers[this.turn++ % this.servers.length]!;
    const from = performance.now();
    const response = await fetch(server + path, {
      method,
      headers: { ...headers, ...(method === 'POST' && { 'content-type': 'application/json' }) },
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const ms = performance.now() - from;
    const answer = text === '' ? null : JSON.parse(text);
    this.times.push(ms);
    this.statuses.set(response.status, (this.statuses.get(response.status) ?? 0) + 1);
    if (response.status >= 500) {
      const id = String(answer?.error?.id ?? response.status);
      this.faults.set(id, (this.faults.get(id) ?? 0) + 1);
    }
    return { status: response.status, ms, body: answer };
  }
}
