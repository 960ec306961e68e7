import type { AddressInfo } from 'node:net';
import { createApp } from '../../../app.ts';
import type { Route } from '../../../kernel/http/route.ts';
import type { BookingRoom } from '../room.ts';
import { bookingRoutes } from '../routes.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what the wire says is checked by each test
  readonly body: any;
}

export interface TestApp {
  get(path: string, who?: string): Promise<Answer>;
  post(path: string, who: string, body?: unknown): Promise<Answer>;
  /** As the page of a ticket machine. */
  kiosk(token: string, path: string, body?: unknown): Promise<Answer>;
  readonly url: string;
  close(): void;
}

/**
 * The booking routes in a real app. `who` is "person:level" for a citizen, "staff:role" for staff; "forged" is a session
 * that does not exist.
 */
export async function serveBooking(room: BookingRoom, more: readonly Route[] = []): Promise<TestApp> {
  const whoOf = (header: string): [string, string] | undefined => {
    const [, name, rest] = /^Bearer (\w+):(\w+)$/.exec(header) ?? [];
    return name && rest ? [name, rest] : undefined;
  };
  const app = createApp({
    clock: room.clock,
    routes: [...bookingRoutes(room), ...more],
    rateFactor: 1000,
    ready: async () => true,
    citizenOf: async (ctx) => {
      const who = whoOf(ctx.get('authorization'));
      return who && who[0] !== 'staff'
        ? { personId: who[0], level: Number(who[1]), channel: 'weapp' }
        : undefined;
    },
    staffOf: async (ctx) => {
      const who = whoOf(ctx.get('authorization'));
      return who?.[0] === 'staff' ? { staffId: 'S1', name: '张', roles: [who[1]], hallIds: [] } : undefined;
    },
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = async (response: Response): Promise<Answer> => ({
    status: response.status,
    body: response.status === 204 ? null : await response.json(),
  });
  return {
    url,
    get: async (path, who) =>
      answer(await fetch(url + path, { headers: who ? { authorization: `Bearer ${who}` } : {} })),
    post: async (path, who, body = {}) =>
      answer(
        await fetch(url + path, {
          method: 'POST',
          headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    kiosk: async (token, path, body) =>
      answer(
        await fetch(url + path, {
          headers: { 'x-kiosk': token, 'content-type': 'application/json' },
          ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        }),
      ),
    close: () => server.close(),
  };
}
