import { mod37x36 } from './checkCharacters.ts';

/** 电子证照标识 (ZWFW C 0123-2018): root, licence type (18 + 3), issuer (18), serial (20), version (3), check; dots between. */
const shape = /^1\.2\.156\.3005\.2\.([0-9A-Z]{21})\.([0-9A-Z]{18})\.([0-9A-Z]{20})\.(\d{3})\.([0-9A-Z])$/;

export interface LicenceId {
  readonly type: string;
  readonly issuer: string;
  readonly serial: string;
  readonly version: string;
}

/** The parts of an e-licence id, or null when it is none. */
export function parseLicenceId(text: string): LicenceId | null {
  const match = shape.exec(text);
  if (!match) return null;
  const [, type, issuer, serial, version, check] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return checkOf(type, issuer, serial, version) === check ? { type, issuer, serial, version } : null;
}

const checkOf = (...parts: string[]): string => mod37x36(parts.join(''));
