import { type CrcKind, noteCheck, numberCheck } from './checkCodes.ts';

/** What a citizen typed or scanned, as the non-tax system wants to be asked. */
export type NoteReference =
  /** 缴款码 of 电子非税收入一般缴款书 (since October 2022 in the whole province): needs no unit. */
  | { readonly kind: 'payCode'; readonly code: string }
  /** Number of an old-style 缴款通知书, with the code of the collecting unit. */
  | { readonly kind: 'note'; readonly unit: string; readonly number: string };

export type NoteFault = 'unreadable' | 'unitMissing' | 'checkFails';

/** `邮编|执收单位编码|通知书号|金额|号码校验码|全书校验码||` */
const qrText = /^(\d{6})\|(\d{3,30})\|(\d{6,50})\|(\d{1,10}(?:\.\d{1,2})?)\|(\d{5})\|(\d{5})\|[^|]*\|[^|]*$/;

/** Reads a number (13 to 21 digits, blanks allowed) or the text of a QR code, whose check codes must hold. */
export function readNote(
  text: string,
  unit: string | null,
  kind: CrcKind = 'modbus',
): NoteReference | NoteFault {
  const plain = text.trim();
  if (plain.includes('|')) return fromQr(plain, kind);
  const digits = plain.replace(/[\s-]/g, '');
  if (!/^\d{13,21}$/.test(digits)) return 'unreadable';
  if (digits.length >= 20) return { kind: 'payCode', code: digits };
  return unit ? { kind: 'note', unit, number: digits } : 'unitMissing';
}

function fromQr(text: string, kind: CrcKind): NoteReference | NoteFault {
  const parts = qrText.exec(text);
  if (!parts) return 'unreadable';
  const [, , unit, number, yuan, first, second] = parts as unknown as string[];
  const [whole, part = ''] = yuan!.split('.');
  const fen = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  const holds =
    numberCheck(unit!, number!, kind) === first && noteCheck(unit!, number!, fen, kind) === second;
  return holds ? { kind: 'note', unit: unit!, number: number! } : 'checkFails';
}
