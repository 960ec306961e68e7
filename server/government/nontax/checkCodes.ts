/**
 * The two check codes on an old-style payment note (缴款通知书). Which CRC-16 a vendor uses is configuration; the vectors at
 * hand are of the Modbus kind.
 */
export type CrcKind = 'modbus' | 'ccitt';

const polynomials: Readonly<Record<CrcKind, (bytes: Buffer) => number>> = {
  modbus: (bytes) => {
    let crc = 0xffff;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
    }
    return crc;
  },
  ccitt: (bytes) => {
    let crc = 0xffff;
    for (const byte of bytes) {
      crc ^= byte << 8;
      for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
    }
    return crc;
  },
};

const crc = (text: string, kind: CrcKind): string =>
  String(polynomials[kind](Buffer.from(text, 'latin1'))).padStart(5, '0');

/** 号码校验码: over the unit and the number. */
export const numberCheck = (unit: string, number: string, kind: CrcKind = 'modbus'): string =>
  crc(unit + number, kind);

/** 全书校验码: over the unit, the number and the amount in fen. */
export const noteCheck = (unit: string, number: string, fen: number, kind: CrcKind = 'modbus'): string =>
  crc(unit + number + String(fen), kind);
