const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id of 26 characters for what begins on this phone: ten of time, sixteen of chance. Names something, protects nothing. */
export function newId(now = Date.now()): string {
  let time = '';
  for (let rest = now, at = 0; at < 10; at++) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  return time + Array.from({ length: 16 }, () => alphabet[Math.floor(Math.random() * 32)]).join('');
}
