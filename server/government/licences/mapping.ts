import { parseLicenceId } from '../../kernel/identifiers/licenceId.ts';
import { cleanLine } from '../kit/cleanText.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { isObject, type Json, pick, pickText } from '../kit/tolerantJson.ts';
import type { LicenceCheck, LicenceContent, LicenceSummary } from './port.ts';

const states: Readonly<Record<string, LicenceSummary['state']>> = {
  ISSUED: 'issued',
  ABOLISHED: 'revoked',
  SUSPENDED: 'suspended',
  EXPIRED: 'expired',
};

/** One licence of a list; one without a code or the code that opens it is left out. */
export function summaryFrom(value: Json): LicenceSummary[] {
  const [code, authCode] = [pickText(value, 'license_code'), pickText(value, 'auth_code')];
  if (!code || !authCode) return [];
  const national = parseLicenceId(code);
  return [
    {
      code,
      nationalId: national ? code : null,
      type: pickText(value, 'license_type') ?? national?.type ?? '',
      name: cleanLine(pickText(value, 'name')),
      issuer: cleanLine(pickText(value, 'issue_org_name')),
      state: states[pickText(value, 'status') ?? ''] ?? 'unknown',
      validFrom: pickText(value, 'valid_from'),
      validUntil: pickText(value, 'valid_to'),
      authCode,
    },
  ];
}

export function contentFrom(value: Json): LicenceContent {
  const fields = pick(value, 'data_fields');
  const code = pickText(value, 'license_code');
  if (!code || !isObject(fields))
    throw new GovernmentError('licences', 'down', 'a licence without its fields', { code: 'shape' });
  return {
    code,
    fields: Object.fromEntries(
      Object.entries(fields).flatMap(([name, each]) =>
        typeof each === 'string' || typeof each === 'number' ? [[name, cleanLine(String(each))]] : [],
      ),
    ),
  };
}

export function checkFrom(value: Json): LicenceCheck {
  const exists = pickText(value, 'exists');
  if (exists !== 'Y' && exists !== 'N')
    throw new GovernmentError('licences', 'down', 'neither yes nor no', { code: 'shape' });
  const text = (name: string): string | null => (exists === 'Y' ? pickText(value, name) : null);
  return {
    genuine: exists === 'Y',
    name: text('name'),
    issuer: text('issue_org_name'),
    state: states[text('status') ?? ''] ?? 'unknown',
    holderMasked: text('holder_name'),
    validUntil: text('valid_to'),
  };
}
