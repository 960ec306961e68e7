/** Check characters of the standards, computed over the text before them. Callers have checked the alphabet. */

const value = (character: string): number => Number.parseInt(character, 36);

/** ISO 7064 MOD 11-2 with the weights of GB 11643: resident ids and their relatives, over 17 digits. */
export function mod11x2(digits17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits17[i]), 0);
  return '10X98765432'[sum % 11]!;
}

/** The alphabet of GB 32100: no I, O, S, V, Z. */
export const alphabet31 = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100 (MOD 31, weights 3^i) over the first 17 characters of a unified social credit code. */
export function mod31(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += alphabet31.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet31[(31 - (sum % 31)) % 31]!;
}

/** GB 11714 (MOD 11) over the first 8 characters of an organisation code. */
export function mod11Organisation(first8: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * value(first8[i]!), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** ISO 7064 hybrid MOD (modulus + 1, modulus): `characters` in base `modulus`. */
function hybrid(characters: string, modulus: number): number {
  let product = modulus;
  for (const character of characters) {
    const sum = (product + value(character)) % modulus || modulus;
    product = (sum * 2) % (modulus + 1);
  }
  return (modulus + 1 - product) % modulus;
}

/** MOD 11,10 over the first 14 digits of a business registration number (GS 15-2006). */
export const mod11x10 = (first14: string): string => String(hybrid(first14, 10));

/** MOD 37,36 over an e-licence id without its dots and check character (GB/T 36904). */
export const mod37x36 = (characters: string): string => hybrid(characters, 36).toString(36).toUpperCase();
