import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { sm2Sign } from '../../kernel/crypto/sm2.ts';
import type { GatewayKey } from '../kit/gatewaySignature.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import type { Actor, SystemGate } from '../kit/systemGate.ts';
import { isObject, type Json, pick, pickList, pickText } from '../kit/tolerantJson.ts';
import { eventFromRow } from '../progress/fromRow.ts';
import { rowFromEvent } from '../progress/toRow.ts';
import { jsonCalls, jsonWire } from './jsonWire.ts';
import type {
  AcceptSystem,
  CaseDocument,
  CaseReceipt,
  FetchedForm,
  FileToSend,
  FormListing,
} from './port.ts';
import { correctionBody, submissionBody } from './requestBody.ts';
import { soapWire } from './soapWire.ts';
import type { AcceptWire, ReceiptFields } from './wire.ts';

export interface AcceptOptions {
  readonly base: string;
  readonly gateway: GatewayKey;
  readonly gate: SystemGate;
  readonly clock: Clock;
  /** Ours, SM2, 64 hex digits: what is handed in is signed by the hall (不可否认性). */
  readonly signingKey: string;
  /** Submitting, asking, 补正 and withdrawing go by JSON or by SOAP; forms, files and results are JSON in both. */
  readonly flavour: 'json' | 'soap';
}

/** Requirement 五.6: a query is answered within five seconds. */
const lookUpMs = 5000;
const nobody = { kind: 'system' } as const satisfies Actor;

export function createAcceptSystem(options: AcceptOptions): AcceptSystem & { close(): Promise<void> } {
  const { gate, gateway, clock, base } = options;
  const http = new GovernmentHttp('accept', base);
  const sign = (text: string): string =>
    sm2Sign(options.signingKey, Buffer.from(text), 'raw').toString('base64');
  const calls = jsonCalls(http, gateway, clock, sign);
  // Connecting reads a local file only; it is done once, by the first call that needs it.
  let soap: Promise<AcceptWire> | undefined;
  const json = jsonWire(calls);
  const wire = (): Promise<AcceptWire> => {
    if (options.flavour === 'json') return Promise.resolve(json);
    soap ??= soapWire({ base, paasId: gateway.paasId, sign });
    return soap;
  };

  const client: AcceptSystem & { close(): Promise<void> } = {
    async forms() {
      const { value, at, from } = await gate.call({
        operation: 'forms',
        timeoutMs: lookUpMs,
        actor: nobody,
        purpose: '网上申办目录',
        repeatable: true,
        lastGood: { key: 'forms' },
        run: async (signal) =>
          pickList(await calls.get('/api/forms', {}, signal), 'list').flatMap(listingFrom),
      });
      return { forms: value, at, fresh: from === 'system' };
    },

    async form(matterCode, version) {
      const { value, at, from } = await gate.call({
        operation: 'form',
        timeoutMs: lookUpMs,
        actor: nobody,
        purpose: '网上申办表单',
        matterCode,
        args: { version: String(version ?? 'current') },
        repeatable: true,
        lastGood: { key: `form/${matterCode}/${version ?? 'current'}` },
        run: async (signal): Promise<Omit<FetchedForm, 'at' | 'fresh'>> => {
          const query = { taskCode: matterCode, ...(version !== null && { version: String(version) }) };
          const definition = pick(await calls.get('/api/form', query, signal), 'form');
          const [listing] = listingFrom(definition);
          if (!listing)
            throw new GovernmentError('accept', 'down', 'a form without its numbers', { code: 'shape' });
          return { ...listing, definition };
        },
      });
      return { ...value, at, fresh: from === 'system' };
    },

    async upload(file, matterCode, actor) {
      refuseDigest(file);
      const { value } = await gate.call({
        operation: 'upload',
        actor,
        purpose: '提交申请材料',
        matterCode,
        args: { size: String(file.bytes.length) },
        repeatable: true,
        run: async (signal) => {
          const { contentType, body } = await multipart(file);
          const fileId = pickText(await calls.send('/api/file', contentType, body, signal), 'fileId');
          if (fileId === null)
            throw new GovernmentError('accept', 'down', 'no file number came', { code: 'shape' });
          return { fileId };
        },
      });
      return value;
    },

    async submit(submission, actor) {
      const { fields, lost } = submissionBody(submission);
      const { value } = await gate.call({
        operation: 'submit',
        actor,
        purpose: '提交申请',
        matterCode: submission.matterCode,
        args: { ourNumber: submission.ourNumber, flavour: options.flavour },
        repeatable: false,
        run: async (signal) => receiptOf(await (await wire()).submit(fields, signal), lost),
      });
      return value;
    },

    async find(ourNumber) {
      const { value } = await gate.call({
        operation: 'find',
        timeoutMs: lookUpMs,
        actor: nobody,
        purpose: '核对申请',
        args: { ourNumber },
        repeatable: true,
        run: async (signal) => (await wire()).find(ourNumber, signal),
      });
      return value && receiptOf(value, []);
    },

    async supplement(correction, actor) {
      await gate.call({
        operation: 'supplement',
        actor,
        purpose: '提交补正',
        args: { caseNumber: correction.caseNumber },
        repeatable: true,
        run: async (signal) => (await wire()).supplement(correctionBody(correction), signal),
      });
    },

    async withdraw(caseNumber, reason, actor) {
      await gate.call({
        operation: 'withdraw',
        actor,
        purpose: '撤回申请',
        args: { caseNumber },
        repeatable: true,
        run: async (signal) => (await wire()).withdraw(caseNumber, reason, signal),
      });
    },

    async report(ourNumber, step, actor) {
      await gate.call({
        operation: 'report',
        actor,
        purpose: '窗口办理结果上报',
        matterCode: step.matterCode,
        args: { ourNumber, table: step.table, version: String(step.version) },
        repeatable: true,
        run: async (signal) =>
          calls.post('/api/report', { bizNo: ourNumber, table: step.table, row: rowFromEvent(step) }, signal),
      });
    },

    async events(caseNumber) {
      const { value } = await gate.call({
        operation: 'events',
        timeoutMs: lookUpMs,
        actor: nobody,
        purpose: '核对办件进度',
        args: { caseNumber },
        repeatable: true,
        run: async (signal) =>
          pickList(await calls.get('/api/events', { sblshShort: caseNumber }, signal), 'list').flatMap(
            (each) => {
              const event = eventFromRow(pickText(each, 'table') ?? '', textsOf(pick(each, 'row')));
              return event ? [event] : [];
            },
          ),
      });
      return value;
    },

    async result(caseNumber, actor) {
      const { value } = await gate.call({
        operation: 'result',
        timeoutMs: lookUpMs,
        actor,
        purpose: '查看办理结果',
        args: { caseNumber },
        repeatable: true,
        run: async (signal) => {
          const answer = await calls.get('/api/result', { sblshShort: caseNumber }, signal);
          return {
            documents: pickList(answer, 'documents').flatMap(documentFrom),
            licenceCode: pickText(answer, 'licenceCode'),
            trackingNumber: pickText(answer, 'trackingNumber'),
          };
        },
      });
      return value;
    },

    async document(caseNumber, id, actor) {
      const { value } = await gate.call({
        operation: 'document',
        timeoutMs: lookUpMs,
        actor,
        purpose: '查看办理结果',
        args: { caseNumber, id },
        repeatable: true,
        run: async (signal) => {
          const answer = await calls.get('/api/document', { sblshShort: caseNumber, id }, signal);
          const [name, mime, data] = ['file_name', 'mime', 'file_data'].map((each) => pickText(answer, each));
          if (!name || !data)
            throw new GovernmentError('accept', 'down', 'a document without its bytes', { code: 'shape' });
          return { name, mime: mime ?? 'application/octet-stream', bytes: Buffer.from(data, 'base64') };
        },
      });
      return value;
    },

    close: async () => {
      await Promise.all([http.close(), soap?.then((each) => each.close())]);
    },
  };
  gate.offerProbe('取可网上申办的事项目录', () => client.forms());
  return client;
}

/** Bytes that are not what was scanned and shown are never sent (§9 no. 22: a digest that differs is refused). */
function refuseDigest(file: FileToSend): void {
  const of = (algorithm: string): string => createHash(algorithm).update(file.bytes).digest('hex');
  if (of('md5') === file.md5.toLowerCase() && of('sm3') === file.sm3.toLowerCase()) return;
  throw new GovernmentError('accept', 'refused', 'the file is not the one its digests tell', {
    code: 'fileDigest',
    notSent: true,
  });
}

async function multipart(file: FileToSend): Promise<{ contentType: string; body: Buffer }> {
  const form = new FormData();
  form.set('bizFileNo', file.ourFileNumber);
  form.set('fileName', file.name);
  form.set('md5', file.md5);
  form.set('sm3', file.sm3);
  form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.mime }), 'file');
  const request = new Response(form);
  return {
    contentType: request.headers.get('content-type') ?? '',
    body: Buffer.from(await request.arrayBuffer()),
  };
}

const receiptOf = (fields: ReceiptFields, lostCharacters: readonly string[]): CaseReceipt => ({
  longNumber: fields.sblsh,
  caseNumber: fields.sblshShort,
  queryCode: fields.ywcxmm,
  lostCharacters,
});

function listingFrom(value: Json | undefined): FormListing[] {
  const [formId, version, matterCode, matterName] = ['formId', 'version', 'taskCode', 'title'].map((name) =>
    pickText(value, name),
  );
  return formId && matterCode && Number.isInteger(Number(version))
    ? [{ formId, version: Number(version), matterCode, matterName: matterName ?? '' }]
    : [];
}

function documentFrom(value: Json): CaseDocument[] {
  const [id, name, kind, mime, md5] = ['id', 'name', 'kind', 'mime', 'md5'].map((each) =>
    pickText(value, each),
  );
  return id && name
    ? [{ id, name, kind: kind ?? '', mime: mime ?? 'application/octet-stream', md5: md5 ?? '' }]
    : [];
}

const textsOf = (value: Json | undefined): Record<string, string> =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, each]) => [
          name,
          typeof each === 'string' ? each : String(each ?? ''),
        ]),
      )
    : {};
