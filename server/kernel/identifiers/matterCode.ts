import { isCreditCode } from './creditCode.ts';

export interface MatterCode {
  /** The implementing body's credit code. */
  readonly body: string;
  /** 1 国 2 省 3 市 4 县(区) 5 镇街 6 村居. */
  readonly level: number;
  /** 基本编码: source, type, main item, sub item. */
  readonly base: string;
  /** Two-digit type code within `base`; what it means depends on the source. */
  readonly type: string;
}

/** 31-character 实施编码 (GB/T 39554.1) in its parts, or null when it is none. */
export function parseMatterCode(code: string): MatterCode | null {
  if (!/^[0-9A-Z]{18}[1-6]\d{12}$/.test(code) || !isCreditCode(code.slice(0, 18))) return null;
  return { body: code.slice(0, 18), level: Number(code[18]), base: code.slice(19), type: code.slice(21, 23) };
}
