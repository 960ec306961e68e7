import type { Button, Card, PhoneState, Settings } from './types.ts';

async function call<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`/phone/api/${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

export const setOwner = (citizen: string | null) => call<{ current: string | null }>('owner', { citizen });
export const readState = () => call<Omit<PhoneState, 'me'> & { me: Card | null }>('state');
export const markRead = (chat: 'account' | 'service') => call('read', { chat });
export const sendText = (text: string) => call('text', { text });
export const tapMenu = (path: number[]) => call<{ button: Button }>('menu', { path });
export const setFollows = (follows: boolean) => call('follow', { follows });
export const readCodes = () => call<{ codes: { scene: string; ticket: string; picture: string }[] }>('codes');
export const scan = (scene: string) => call('scan', { scene });
export const readSettings = () => call<Settings>('settings');
export const changeSettings = (changes: Partial<Settings> & { receives?: string }) =>
  call<Settings>('settings', changes);

export interface CashierAnswer {
  ok: boolean;
  /** WeChat's words when it does not open. */
  message?: string;
  /** Fen. */
  sheet?: { description: string; total: number };
}
export const cashier = (act: 'open' | 'pay', request: unknown) =>
  call<CashierAnswer>('cashier', { act, request });
