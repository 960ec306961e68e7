import path from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import { parseBeijingTime } from '../kit/beijingTime.ts';
import { cleanLine } from '../kit/cleanText.ts';
import { readBatch } from '../kit/frontTable.ts';
import { type GatewayKey, gatewayHeaders } from '../kit/gatewaySignature.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { GovernmentHttp } from '../kit/http.ts';
import { connectSoapText, type SoapText } from '../kit/soapText.ts';
import type { Actor, SystemGate } from '../kit/systemGate.ts';
import { isObject, type Json, parseTolerant, pick, pickList, pickText } from '../kit/tolerantJson.ts';
import { writeXml } from '../kit/xmlWriter.ts';
import type { CaseEvent } from './caseEvent.ts';
import { eventFromRow } from './fromRow.ts';
import type { FrontRowTaken, PortalCase, ProgressSystem } from './port.ts';

const system = 'progress';
/** Requirement 五.6: a query is answered within five seconds. */
const lookUpMs = 5000;
const nobody = { kind: 'system' } as const satisfies Actor;
const wsdl = path.join(import.meta.dirname, '../kit/exchange.wsdl');

export function createProgressSystem(options: {
  readonly base: string;
  readonly gateway: GatewayKey;
  readonly gate: SystemGate;
  readonly clock: Clock;
}): ProgressSystem & { close(): Promise<void> } {
  const { base, gateway, gate, clock } = options;
  const http = new GovernmentHttp(system, base);
  let soap: Promise<SoapText> | undefined;
  const soapService = (): Promise<SoapText> => {
    const endpoint = `${base}/services/exchange`;
    soap ??= connectSoapText({ system, wsdl, endpoint, encoding: 'utf-8' });
    return soap;
  };

  const call = async (
    method: 'GET' | 'POST',
    target: string,
    signal: AbortSignal,
    body?: unknown,
    signed = true,
  ): Promise<Json> => {
    const answer = await http.call({
      method,
      target,
      headers: {
        ...(signed && gatewayHeaders(gateway, clock.wall())),
        ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal,
    });
    const value = parseTolerant(system, answer.text);
    const code = pickText(value, 'code');
    if (code === '0' || code === '200') return value;
    throw refusal(code, pickText(value, 'msg'));
  };

  const client: ProgressSystem & { close(): Promise<void> } = {
    async untaken(limit) {
      const { value } = await gate.call({
        operation: 'untaken',
        actor: nobody,
        purpose: '办件进度交换',
        args: { limit: String(limit) },
        repeatable: true,
        run: async (signal) =>
          pickList(await call('GET', `/front/rows?limit=${limit}`, signal), 'list').flatMap(takenFrom),
      });
      return value;
    },

    async acknowledge(rowIds) {
      if (rowIds.length === 0) return;
      await gate.call({
        operation: 'acknowledge',
        actor: nobody,
        purpose: '办件进度交换',
        args: { rows: String(rowIds.length) },
        repeatable: true,
        run: async (signal) => call('POST', '/front/taken', signal, { ids: rowIds }),
      });
    },

    async caseEvents(caseNumber, actor) {
      const { value } = await gate.call({
        operation: 'caseEvents',
        timeoutMs: lookUpMs,
        actor,
        purpose: '办件进度查询',
        args: { caseNumber },
        repeatable: true,
        run: async (signal) => {
          const sXml = writeXml({ QUERY: { SBLSH_SHORT: caseNumber } });
          const service = await soapService();
          const args = { sIdentify: gateway.paasId, sTable: 'QUERY', sXml };
          return eventsFrom(await service.call('setDataXmlToFocus', args, signal));
        },
      });
      return value;
    },

    async captcha(actor) {
      const { value } = await gate.call({
        operation: 'captcha',
        timeoutMs: lookUpMs,
        actor,
        purpose: '办件进度查询',
        repeatable: true,
        run: async (signal) => {
          const data = pick(
            await call('GET', '/portal/api/v2/qyzx/getVerifyCode?type=BJJD', signal, undefined, false),
            'data',
          );
          const [token, svg] = [pickText(data, 'token'), pickText(data, 'image')];
          if (!token || !svg?.startsWith('<svg'))
            throw new GovernmentError(system, 'down', 'no picture came', { code: 'shape' });
          return { token, svg };
        },
      });
      return value;
    },

    async query({ name, caseNumber }, captcha, actor) {
      const { value } = await gate.call({
        operation: 'query',
        timeoutMs: lookUpMs,
        actor,
        purpose: '办件进度查询',
        args: { caseNumber },
        repeatable: captcha === null, // a captcha works once
        run: async (signal) => {
          const question = {
            sqrmc: name,
            sblsh: caseNumber,
            ...(captcha && {
              captcha: captcha.answer,
              captcha_type: 'BJJD',
              captcha_token: captcha.token,
            }),
          };
          const answer = await call(
            'POST',
            '/portal/api/v2/has-progress',
            signal,
            question,
            captcha === null,
          );
          const [found] = pickList(pick(answer, 'data'), 'bjjd');
          const shown = found === undefined ? null : portalCase(found);
          if (!shown)
            throw new GovernmentError(system, 'refused', 'no case by this name and number', {
              code: 'notFound',
            });
          return shown;
        },
      });
      return value;
    },

    close: async () => {
      await Promise.all([http.close(), soap?.then((each) => each.close())]);
    },
  };
  gate.offerProbe('看前置机里待取的一行，不取走', () => client.untaken(1));
  return client;
}

function refusal(code: string | null, words: string | null): GovernmentError {
  const text = (words ?? '').slice(0, 200);
  if (code === '25034') return new GovernmentError(system, 'refused', text, { code: 'captcha' });
  if (code === '25035') return new GovernmentError(system, 'refused', text, { code: 'tooOften' });
  if (code === '500' || code === '429' || code === null)
    return new GovernmentError(system, 'down', text || 'no code came', { code: code ?? 'shape' });
  return new GovernmentError(system, 'refused', text, { code: 'other' });
}

/** A row of the front table; one that cannot be read comes with its id, so that it can be taken off. */
function takenFrom(value: Json): FrontRowTaken[] {
  const [rowId, data, inserted] = ['ROW_ID', 'DATA', 'INSERTTIME'].map((name) => pickText(value, name));
  if (!rowId) return [];
  try {
    const { table, rows } = readBatch(system, data ?? '');
    const raw = { ...(inserted && { INSERTTIME: inserted }), ...rows[0] };
    return [{ rowId, table, raw, event: eventFromRow(table, raw) }];
  } catch {
    return [{ rowId, table: '', raw: { DATA: data ?? '' }, event: null }];
  }
}

function eventsFrom(text: string): CaseEvent[] {
  if (!/^<SET><CODE>0<\/CODE>/.test(text.trim()))
    throw new GovernmentError(system, 'down', 'not a set of rows', { code: 'shape' });
  return (text.match(/<DATA [\s\S]*?<\/DATA>/g) ?? []).flatMap((xml) => {
    const { table, rows } = readBatch(system, xml);
    return rows.flatMap((row) => {
      const event = eventFromRow(table, row);
      return event ? [event] : [];
    });
  });
}

function portalCase(value: Json): PortalCase | null {
  const of = (name: string): string | null => pickText(value, name);
  const appliedAt = parseBeijingTime(of('sbsj'));
  const [caseNumber, matterName] = [of('sblsh'), of('sxmc')];
  if (!isObject(value) || !caseNumber || !matterName || !appliedAt) return null;
  return {
    caseNumber,
    matterName: cleanLine(matterName),
    applicantMasked: cleanLine(of('sqrmc')),
    appliedAt,
    state: cleanLine(of('zt')),
    promisedDay: of('cnbjsj'),
    steps: pickList(value, 'steps').flatMap((each) => {
      const at = parseBeijingTime(pickText(each, 'sj'));
      const name = cleanLine(pickText(each, 'hjmc'));
      return at && name ? [{ name, at }] : [];
    }),
  };
}
