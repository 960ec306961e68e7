import type { LicenceSummary } from './port.ts';

export type StandIn =
  | { readonly kind: 'licence'; readonly licence: LicenceSummary }
  | { readonly kind: 'none' }
  /** There is one, but it no longer counts. */
  | { readonly kind: 'unusable'; readonly licence: LicenceSummary; readonly why: 'expired' | 'notValid' };

/**
 * Whether one of the holder's licences stands for a paper (免提交): of the type that the material names, issued, and not run out on
 * `today` (`YYYY-MM-DD`). Of several, the one that holds longest.
 */
export function licenceFor(licenceType: string, held: readonly LicenceSummary[], today: string): StandIn {
  const ofType = held
    .filter(({ type }) => type === licenceType)
    .sort((a, b) => endOf(b).localeCompare(endOf(a)));
  const usable = ofType.find((licence) => licence.state === 'issued' && endOf(licence) >= today);
  if (usable) return { kind: 'licence', licence: usable };
  const [licence] = ofType;
  if (!licence) return { kind: 'none' };
  const expired = licence.state === 'expired' || (licence.state === 'issued' && endOf(licence) < today);
  return { kind: 'unusable', licence, why: expired ? 'expired' : 'notValid' };
}

/** Licences for good come last; `20310101` and `2031-01-01` are one day. */
const endOf = ({ validUntil }: LicenceSummary): string =>
  validUntil === null ? '9999-12-31' : validUntil.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
