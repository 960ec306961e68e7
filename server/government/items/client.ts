import type { Clock } from '../../kernel/clock.ts';
import { type GatewayKey, gatewayHeaders } from '../kit/gatewaySignature.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import type { SystemGate } from '../kit/systemGate.ts';
import { type Json, parseTolerant, pick, pickList, pickText } from '../kit/tolerantJson.ts';
import { documentKind } from './documentKind.ts';
import { recordFromExchange, recordFromPortal } from './mapping.ts';
import { batchPageSize, type ItemsSystem } from './port.ts';

export interface ItemsClientOptions {
  readonly base: string;
  readonly gateway: GatewayKey;
  readonly gate: SystemGate;
  readonly clock: Clock;
}

const system = 'items';
const documentLimit = 10 * 1024 * 1024;
const nightly = { actor: { kind: 'system' }, purpose: '事项同步', repeatable: true } as const;

export function createItemsSystem(options: ItemsClientOptions): ItemsSystem & { close(): Promise<void> } {
  const { gateway, gate, clock } = options;
  const http = new GovernmentHttp(system, options.base);

  const exchange = async (target: string, body: Json, signal: AbortSignal): Promise<Json | undefined> => {
    const answer = await http.call({
      method: 'POST',
      target,
      headers: { 'content-type': 'application/json', ...gatewayHeaders(gateway, clock.wall()) },
      body: JSON.stringify(body),
      signal,
    });
    return pick(checked(parseTolerant(system, answer.text)), 'data');
  };

  const client: ItemsSystem & { close(): Promise<void> } = {
    async latestBatch() {
      const run = async (signal: AbortSignal) => {
        const data = await exchange('/exchange/batch/latest', {}, signal);
        const id = pickText(data, 'cd_batch');
        const [total, materials] = [Number(pickText(data, 'total')), Number(pickText(data, 'materials'))];
        if (id === null || !Number.isInteger(total) || !Number.isInteger(materials))
          throw new GovernmentError(system, 'down', 'a delivery without its counts', { code: 'shape' });
        return { id, total, materials };
      };
      return (await gate.call({ ...nightly, operation: 'latestBatch', run })).value;
    },

    async batchPage(batchId, page) {
      const run = async (signal: AbortSignal) => {
        const body = { cd_batch: batchId, PAGENO: page, PAGESIZE: batchPageSize };
        const data = await exchange('/exchange/batch/page', body, signal);
        if (pickText(data, 'cd_batch') !== batchId || pickText(data, 'PAGENO') !== String(page))
          throw new GovernmentError(system, 'down', 'another page than asked for', { code: 'shape' });
        return pickList(data, 'rows').map(recordFromExchange);
      };
      const args = { batch: batchId, page: String(page) };
      return (await gate.call({ ...nightly, operation: 'batchPage', args, run })).value;
    },

    async detail(code, requestId) {
      const answered = await gate.call({
        operation: 'detail',
        actor: { kind: 'system' },
        purpose: '办事指南',
        matterCode: code,
        requestId,
        repeatable: true,
        lastGood: { key: `detail/${code}` },
        run: async (signal) => {
          const query = new URLSearchParams({ TASK_CODE: code });
          const target = `/portal/api/v2/item-event/getAuditItemDetailCur?${query}`;
          return checkedPortal(
            parseTolerant(system, (await http.call({ method: 'GET', target, signal })).text),
          );
        },
      });
      // The answer itself is kept, not our reading of it: a better reading tomorrow profits from it.
      return { matter: recordFromPortal(answered.value), at: answered.at, fresh: answered.from === 'system' };
    },

    async document(address, asked) {
      // The source also names addresses of its inner network: only what lies under its own outside address is fetched.
      if (!/^\/[\w\-./]+$/.test(address) || address.includes('..')) return null;
      const run = async (signal: AbortSignal) => {
        const answer = await http.call({ method: 'GET', target: address, signal });
        if (answer.status === 404) return null;
        if (answer.status !== 200 || answer.bytes.length > documentLimit)
          throw new GovernmentError(system, 'down', 'a paper that is none', {
            code: `HTTP ${answer.status}`,
          });
        const kind = documentKind(answer.bytes);
        if (kind === null)
          throw new GovernmentError(system, 'down', 'a paper that is none', { code: 'not a document' });
        return { bytes: answer.bytes, kind };
      };
      const answered = await gate.call({
        operation: 'document',
        actor: { kind: 'system' },
        purpose: '下载表格',
        matterCode: asked.code,
        requestId: asked.requestId,
        repeatable: true,
        run,
      });
      return answered.value;
    },

    close: () => http.close(),
  };
  gate.offerProbe('问最近一批事项数据', () => client.latestBatch());
  return client;
}

const ownWords: Readonly<Record<string, 'down' | 'refused'>> = {
  '1001': 'refused',
  '1003': 'refused',
  FAIL: 'refused',
};

/** `code` 0 is good; an unknown code is an outage, since these systems put their exceptions there. */
function checked(answer: Json): Json {
  const code = pickText(answer, 'code');
  if (code === '0') return answer;
  throw new GovernmentError(system, ownWords[code ?? ''] ?? 'down', `it answered ${code}`, {
    code: code ?? 'shape',
  });
}

/** The portal has no code when all is well, and two manners of error. */
function checkedPortal(answer: Json): Json {
  if (pick(answer, 'AUDIT_ITEM') !== undefined || pickText(answer, 'errCode') === '404') return answer;
  const code = pickText(answer, 'errCode') ?? pickText(answer, 'code') ?? 'shape';
  throw new GovernmentError(system, 'down', `it answered ${code}`, { code });
}
