/** Booking numbers are 「ZC」 and ten digits; people type the digits only. */
export const prefix = 'ZC';
export const length = 10;

/** 「2611 2600 17」: as far as it is typed, in groups one can compare with the phone. */
export const grouped = (typed: string): string => typed.replace(/(\d{4})(?=\d)/g, '$1 ');

/**
 * A hand scanner types like a very fast person and ends with Enter. Collects keys; answers the text of a scan, or null.
 * Slower than `gap` ms a key is a person at a keyboard, and starts anew.
 */
export function createScanReader(gap = 80): (key: string, at: number) => string | null {
  let text = '';
  let last = 0;
  return (key, at) => {
    if (at - last > gap) text = '';
    last = at;
    if (key === 'Enter') {
      const scanned = text;
      text = '';
      return scanned.length >= length ? scanned : null;
    }
    if (key.length === 1) text += key;
    return null;
  };
}
