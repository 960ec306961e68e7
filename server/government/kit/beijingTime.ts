/**
 * A moment as these systems write it, Beijing time without a zone: `2026-11-24 10:21:33`, `20261124102133`, `2026-11-24`,
 * `20261124`. Null for anything else.
 */
export function parseBeijingTime(text: string | null | undefined): Date | null {
  const match = /^(\d{4})-?(\d\d)-?(\d\d)(?:[ T]?(\d\d):?(\d\d):?(\d\d)?)?(?:\.\d+)?$/.exec(
    (text ?? '').trim(),
  );
  if (!match) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  if (Number.isNaN(at.getTime())) return null;
  return writeBeijingTime(at).startsWith(`${year}-${month}-${day}`) ? at : null; // 31 February is no day
}

/** `2026-11-24 10:21:33` */
export const writeBeijingTime = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
