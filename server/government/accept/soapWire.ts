import path from 'node:path';
import { parseXml, textAt, type XmlNode } from '../../kernel/xml/parseXml.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { connectSoapText } from '../kit/soapText.ts';
import { writeXml } from '../kit/xmlWriter.ts';
import { acceptRefusal } from './errors.ts';
import type { AcceptWire, ReceiptFields, Sign } from './wire.ts';

const wsdl = path.join(import.meta.dirname, '../kit/exchange.wsdl');

/** ASCII only: rare characters of answers pass through GBK unharmed. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The older flavour: `setDataXmlToFocus` in GBK, its text an XML whose last element signs the rest; CODE 1 is yes. */
export async function soapWire(options: {
  readonly base: string;
  readonly paasId: string;
  readonly sign: Sign;
}): Promise<AcceptWire> {
  const soap = await connectSoapText({
    system: 'accept',
    wsdl,
    endpoint: `${options.base}/services/focus`,
    encoding: 'gbk',
  });

  const push = async (
    table: string,
    fields: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, XmlNode>>> => {
    const unsigned = writeXml({ [table]: fields });
    const end = `</${table}>`;
    const signature = `<SIGNATURE>${options.sign(unsigned)}</SIGNATURE>`;
    const sXml = table === 'QUERYINFO' ? unsigned : unsigned.slice(0, -end.length) + signature + end;
    const text = await soap.call(
      'setDataXmlToFocus',
      { sIdentify: options.paasId, sTable: table, sXml },
      signal,
    );
    const result = resultOf(text);
    if (textAt(result, 'RESULT', 'CODE') !== '1')
      throw acceptRefusal(textAt(result, 'RESULT', 'ERRCODE') || 'other', textAt(result, 'RESULT', 'MSG'));
    return result;
  };

  return {
    submit: async (body, signal) => {
      const receipt = receiptFrom(await push('APPROVEDATAINFO', submission(body), signal));
      if (!receipt)
        throw new GovernmentError('accept', 'down', 'a receipt without its numbers', { code: 'shape' });
      return receipt;
    },
    find: async (ourNumber, signal) => receiptFrom(await push('QUERYINFO', { BIZNO: ourNumber }, signal)),
    supplement: async (body, signal) => {
      const fields = {
        EXPRESSTYPE: '1',
        SBLSH_SHORT: String(body['sblshShort']),
        BZNO: String(body['bzNo']),
        FORM_DATA: asciiJson(body['form']),
        MATERIALS: asciiJson(body['materials']),
        SBSJ: String(body['submitTime']),
      };
      await push('APPROVEDATAINFO', fields, signal);
    },
    withdraw: async (caseNumber, reason, signal) =>
      void (await push('WITHDRAWINFO', { SBLSH_SHORT: caseNumber, CHYY: reason }, signal)),
    close: () => soap.close(),
  };
}

function submission(body: Readonly<Record<string, unknown>>): Record<string, string> {
  const group = (name: string): Record<string, string> => (body[name] ?? {}) as Record<string, string>;
  return {
    EXPRESSTYPE: '0',
    BIZNO: String(body['bizNo']),
    SXBM: String(body['taskCode']),
    FORMID: String(body['formId']),
    FORMVERSION: String(body['formVersion']),
    SXQXBM: String(body['situation']),
    ...group('applicant'),
    ...group('agent'),
    ...group('delivery'),
    WSSBQD: String(body['WSSBQD']),
    OBTAIN_PAPER_WAY: String(body['OBTAIN_PAPER_WAY']),
    RGHC: String(body['RGHC']),
    FORM_DATA: asciiJson(body['form']),
    MATERIALS: asciiJson(body['materials']),
    SBSJ: String(body['submitTime']),
  };
}

function resultOf(text: string): Readonly<Record<string, XmlNode>> {
  try {
    return parseXml(text);
  } catch {
    throw new GovernmentError('accept', 'down', 'the reply is not XML', { code: 'not XML' });
  }
}

function receiptFrom(result: Readonly<Record<string, XmlNode>>): ReceiptFields | null {
  const [sblsh, sblshShort, ywcxmm] = ['SBLSH', 'SBLSHSHORT', 'YWCXMM'].map((name) =>
    textAt(result, 'RESULT', name),
  ) as [string, string, string];
  return sblsh !== '' && sblshShort !== '' && ywcxmm !== '' ? { sblsh, sblshShort, ywcxmm } : null;
}
