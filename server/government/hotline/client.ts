import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { writeBeijingTime } from '../kit/beijingTime.ts';
import type { GatewayKey } from '../kit/gatewaySignature.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import type { Actor, Call, SystemGate } from '../kit/systemGate.ts';
import { type Json, pick, pickList, pickText } from '../kit/tolerantJson.ts';
import { type HotlineCalls, hotlineCalls } from './calls.ts';
import { highestVersions } from './knowledge.ts';
import { appealBody, entryFromWire, reportFromWire } from './mapping.ts';
import type { AppealFile, AppealReceipt, Hotline, KnowledgeEntry } from './port.ts';
import { satisfactionCodes } from './steps.ts';

export interface HotlineOptions {
  readonly base: string;
  readonly gateway: GatewayKey;
  readonly gate: SystemGate;
  readonly clock: Clock;
}

/** Requirement 五.6: a query is answered within five seconds. */
const lookUpMs = 5000;
/** The feed comes in pages; one call of the gate fetches all, and it runs at night. */
const feedMs = 20_000;
const pageSize = 50;
const mostPages = 100;
const nobody = { kind: 'system' } as const satisfies Actor;

export function createHotline(options: HotlineOptions): Hotline & { close(): Promise<void> } {
  const { gate } = options;
  const http = new GovernmentHttp('hotline', options.base);
  const calls = hotlineCalls(http, options.gateway, options.clock);

  /** A change of one appeal: it has a number of ours, so a second try is no second change. */
  const change = async (
    operation: 'supplement' | 'urge' | 'rate',
    purpose: string,
    appeal: { readonly appealNumber: string; readonly queryCode: string; readonly ourNumber: string },
    body: Readonly<Record<string, unknown>>,
    actor: Actor,
  ): Promise<Json> => {
    const { appealNumber, queryCode, ourNumber } = appeal;
    const { value } = await gate.call({
      ...{ operation, actor, purpose, repeatable: true },
      args: { appealNumber, ourNumber },
      run: (signal) =>
        calls.post(`${pathOf(appealNumber)}/${operation}`, { bizNo: ourNumber, queryCode, ...body }, signal),
    });
    return value;
  };

  const client: Hotline = {
    async create(appeal, actor) {
      const { value } = await gate.call({
        ...{ operation: 'create', actor, purpose: '提交诉求', repeatable: false },
        args: { ourNumber: appeal.ourNumber, kind: appeal.kind },
        run: async (signal) => receiptFrom(await calls.post('/api/appeal', appealBody(appeal), signal)),
      });
      return value;
    },

    async find(ourNumber) {
      const { value } = await gate.call({
        ...{ operation: 'find', actor: nobody, purpose: '核对诉求', repeatable: true },
        ...{ timeoutMs: lookUpMs, args: { ourNumber } },
        run: async (signal) => {
          const data = pick(await calls.get('/api/appeal', { bizNo: ourNumber }, signal), 'data');
          return data === null || data === undefined ? null : receiptFrom(data);
        },
      });
      return value;
    },

    async createOnce(appeal, actor) {
      return (await client.find(appeal.ourNumber)) ?? (await client.create(appeal, actor));
    },

    async upload(file, actor) {
      const md5 = checkedDigest(file);
      const { value } = await gate.call({
        ...{ operation: 'upload', actor, purpose: '提交诉求附件', repeatable: true },
        args: { size: String(file.bytes.length) },
        run: async (signal) => {
          const query = { bizFileNo: file.ourFileNumber, name: file.name, md5 };
          const answer = await calls.send('/api/file', query, file.mime, file.bytes, signal);
          const fileId = pickText(answer, 'fileId');
          if (fileId === null) throw shapeless('no file number came');
          return { fileId };
        },
      });
      return value;
    },

    async query(appealNumber, queryCode, actor) {
      const { value } = await gate.call({
        ...{ operation: 'query', actor, purpose: '查询诉求进度', repeatable: true },
        ...{ timeoutMs: lookUpMs, args: { appealNumber } },
        run: async (signal) => {
          const report = reportFromWire(
            pick(await calls.get(pathOf(appealNumber), { queryCode }, signal), 'data'),
          );
          if (report?.appealNumber !== appealNumber) throw shapeless('another appeal, or none, came');
          return report;
        },
      });
      return value;
    },

    async supplement(addition, actor) {
      const { text, files } = addition;
      await change('supplement', '补充诉求', addition, { content: text, attachments: files }, actor);
    },

    async urge(urge, actor) {
      await change('urge', '催办诉求', urge, { content: urge.text }, actor);
    },

    async rate(rating, actor) {
      const body = { satisfaction: satisfactionCodes[rating.satisfaction], content: rating.text };
      return { redo: pickText(await change('rate', '评价诉求', rating, body, actor), 'redo') === '1' };
    },

    async knowledge(since) {
      const { value, at, from } = await gate.call({
        ...{ operation: 'knowledge', actor: nobody, purpose: '同步知识库', repeatable: true },
        args: { since: since ? 'changes' : 'all' },
        timeoutMs: feedMs,
        ...(since === null && { lastGood: { key: 'knowledge' } }),
        run: (signal) => allEntries(calls, since, signal),
      } satisfies Call<Stored[]>);
      return {
        entries: value.map((each) => ({
          ...each,
          changedAt: each.changedAt === null ? null : new Date(each.changedAt),
        })),
        ...{ at, fresh: from === 'system' },
      };
    },
  };
  gate.offerProbe('取知识库的第一页', () =>
    gate.call({
      ...{ operation: 'knowledge', actor: nobody, purpose: '同步知识库', repeatable: true },
      run: (signal) => calls.get('/api/knowledge', { page: '1', size: '1' }, signal),
    }),
  );
  return { ...client, close: () => http.close() };
}

/** As it is after a stay in the store of last good answers: its times are texts there. */
type Stored = Omit<KnowledgeEntry, 'changedAt'> & { readonly changedAt: string | null };

async function allEntries(calls: HotlineCalls, since: Date | null, signal: AbortSignal): Promise<Stored[]> {
  const entries: KnowledgeEntry[] = [];
  for (let page = 1; ; page++) {
    const query = {
      ...{ page: String(page), size: String(pageSize) },
      ...(since && { since: writeBeijingTime(since) }),
    };
    const rows = pickList(await calls.get('/api/knowledge', query, signal), 'list');
    entries.push(...rows.flatMap((each) => entryFromWire(each) ?? []));
    if (rows.length < pageSize) break;
    if (page >= mostPages) throw shapeless('the feed does not end');
  }
  // An entry that changes while pages are fetched comes twice.
  return highestVersions(entries).map((each) => ({
    ...each,
    changedAt: each.changedAt?.toISOString() ?? null,
  }));
}

/** The number may come from what a citizen typed. */
const pathOf = (appealNumber: string): string => `/api/appeal/${encodeURIComponent(appealNumber)}`;

function receiptFrom(value: Json): AppealReceipt {
  const [appealNumber, queryCode] = [pickText(value, 'appealNo'), pickText(value, 'queryCode')];
  if (!appealNumber || !queryCode) throw shapeless('a receipt without its numbers');
  return { appealNumber, queryCode };
}

/** Bytes that are not what was scanned are never sent. */
function checkedDigest(file: AppealFile): string {
  const md5 = createHash('md5').update(file.bytes).digest('hex');
  if (md5 === file.md5.toLowerCase()) return md5;
  throw new GovernmentError('hotline', 'refused', 'the file is not the one its digest tells', {
    ...{ code: 'fileDigest', notSent: true },
  });
}

const shapeless = (words: string): GovernmentError =>
  new GovernmentError('hotline', 'down', words, { code: 'shape' });
