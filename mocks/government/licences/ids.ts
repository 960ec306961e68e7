const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** ISO 7064 MOD 37,36 over the parts without their dots. */
function check(text: string): string {
  let p = 36;
  for (const character of text) {
    const sum = (p + alphabet.indexOf(character)) % 36 || 36;
    p = (sum * 2) % 37;
  }
  return alphabet[(37 - p) % 36]!;
}

/** 电子证照标识: root, type (department 18 + 3), issuer 18, serial 20, version 3, check. */
export function nationalId(type: string, issuer: string, serial: number, version = 1): string {
  const parts = [type, issuer, String(serial).padStart(20, '0'), String(version).padStart(3, '0')];
  return ['1.2.156.3005.2', ...parts, check(parts.join(''))].join('.');
}
