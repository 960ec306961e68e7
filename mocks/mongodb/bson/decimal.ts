import { Decimal128 } from 'bson';

/** A decimal number taken apart: (-1)^negative × digits × 10^exponent. */
export interface DecimalParts {
  kind: 'finite' | 'infinity' | 'nan';
  negative: boolean;
  digits: bigint;
  exponent: number;
}

const maxDigits = 34;
const minExponent = -6176;
const maxExponent = 6111;

export function decimalParts(value: Decimal128): DecimalParts {
  return parseDecimal(value.toString());
}

function parseDecimal(text: string): DecimalParts {
  const negative = text.startsWith('-');
  const body = negative ? text.slice(1) : text;
  if (body === 'NaN') return { kind: 'nan', negative: false, digits: 0n, exponent: 0 };
  if (body.startsWith('Inf')) return { kind: 'infinity', negative, digits: 0n, exponent: 0 };
  const [mantissa = '0', power = '0'] = body.split(/[eE]/);
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return {
    kind: 'finite',
    negative,
    digits: BigInt(whole + fraction),
    exponent: Number(power) - fraction.length,
  };
}

/** The exact decimal value of a double: every double is a finite decimal fraction. */
function partsOfDouble(value: number): DecimalParts {
  if (Number.isNaN(value)) return { kind: 'nan', negative: false, digits: 0n, exponent: 0 };
  const negative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value)) return { kind: 'infinity', negative, digits: 0n, exponent: 0 };
  if (Number.isInteger(value))
    return { kind: 'finite', negative, digits: BigInt(Math.abs(value)), exponent: 0 };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const stored = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  const mantissa = stored === 0 ? fraction : fraction | (1n << 52n);
  const power = (stored === 0 ? 1 : stored) - 1075;
  // power is negative here, so mantissa × 2^power = mantissa × 5^-power × 10^power.
  return { kind: 'finite', negative, digits: mantissa * 5n ** BigInt(-power), exponent: power };
}

export function partsOfNumber(value: unknown): DecimalParts {
  if (typeof value === 'number') return partsOfDouble(value);
  if (typeof value === 'bigint') {
    return { kind: 'finite', negative: value < 0n, digits: value < 0n ? -value : value, exponent: 0 };
  }
  return decimalParts(value as Decimal128);
}

export function compareDecimalParts(a: DecimalParts, b: DecimalParts): number {
  if (a.kind === 'nan' || b.kind === 'nan') return a.kind === b.kind ? 0 : a.kind === 'nan' ? -1 : 1;
  const signA = signOf(a);
  const signB = signOf(b);
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  if (a.kind === 'infinity' || b.kind === 'infinity') {
    return a.kind === b.kind ? 0 : a.kind === 'infinity' ? signA : -signA;
  }
  const lowest = Math.min(a.exponent, b.exponent);
  const x = a.digits * 10n ** BigInt(a.exponent - lowest);
  const y = b.digits * 10n ** BigInt(b.exponent - lowest);
  return x === y ? 0 : (x < y ? -1 : 1) * signA;
}

function signOf(parts: DecimalParts): number {
  if (parts.kind === 'finite' && parts.digits === 0n) return 0;
  return parts.negative ? -1 : 1;
}

/** Rounds to 34 digits, half to even, and builds the Decimal128. */
export function toDecimal(parts: DecimalParts): Decimal128 {
  if (parts.kind === 'nan') return Decimal128.fromString('NaN');
  if (parts.kind === 'infinity') return Decimal128.fromString(parts.negative ? '-Infinity' : 'Infinity');
  let { digits, exponent } = parts;
  const excess = Math.max(digits.toString().length - maxDigits, minExponent - exponent);
  if (excess > 0) {
    digits = roundOff(digits, excess);
    exponent += excess;
    if (digits.toString().length > maxDigits) {
      digits /= 10n;
      exponent++;
    }
  }
  while (exponent > maxExponent && digits !== 0n && digits.toString().length < maxDigits) {
    digits *= 10n;
    exponent--;
  }
  if (exponent > maxExponent) {
    if (digits !== 0n) return Decimal128.fromString(parts.negative ? '-Infinity' : 'Infinity');
    exponent = maxExponent;
  }
  return Decimal128.fromString(`${parts.negative ? '-' : ''}${digits}E${exponent}`);
}

function roundOff(digits: bigint, places: number): bigint {
  const unit = 10n ** BigInt(places);
  const quotient = digits / unit;
  const twice = (digits % unit) * 2n;
  return twice > unit || (twice === unit && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** The decimal of a number of any type; a double is rounded to 15 digits, as MongoDB converts it for arithmetic. */
export function decimalOf(value: unknown): DecimalParts {
  if (typeof value === 'number' && !Number.isInteger(value) && Number.isFinite(value)) {
    return parseDecimal(value.toPrecision(15));
  }
  return partsOfNumber(value);
}

export function addDecimals(a: DecimalParts, b: DecimalParts): DecimalParts {
  if (a.kind === 'nan' || b.kind === 'nan') return { kind: 'nan', negative: false, digits: 0n, exponent: 0 };
  if (a.kind === 'infinity') {
    return b.kind === 'infinity' && a.negative !== b.negative ? { ...a, kind: 'nan', negative: false } : a;
  }
  if (b.kind === 'infinity') return b;
  const lowest = Math.min(a.exponent, b.exponent);
  const x = (a.negative ? -a.digits : a.digits) * 10n ** BigInt(a.exponent - lowest);
  const y = (b.negative ? -b.digits : b.digits) * 10n ** BigInt(b.exponent - lowest);
  const sum = x + y;
  return { kind: 'finite', negative: sum < 0n, digits: sum < 0n ? -sum : sum, exponent: lowest };
}

export function multiplyDecimals(a: DecimalParts, b: DecimalParts): DecimalParts {
  const negative = a.negative !== b.negative;
  if (a.kind === 'nan' || b.kind === 'nan') return { kind: 'nan', negative: false, digits: 0n, exponent: 0 };
  if (a.kind === 'infinity' || b.kind === 'infinity') {
    if (signOf(a) === 0 || signOf(b) === 0) return { kind: 'nan', negative: false, digits: 0n, exponent: 0 };
    return { kind: 'infinity', negative, digits: 0n, exponent: 0 };
  }
  return { kind: 'finite', negative, digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

export function divideDecimals(a: DecimalParts, b: DecimalParts): DecimalParts {
  const negative = a.negative !== b.negative;
  if (a.kind === 'nan' || b.kind === 'nan' || (a.kind === 'infinity' && b.kind === 'infinity')) {
    return { kind: 'nan', negative: false, digits: 0n, exponent: 0 };
  }
  if (a.kind === 'infinity') return { kind: 'infinity', negative, digits: 0n, exponent: 0 };
  if (b.kind === 'infinity') return { kind: 'finite', negative, digits: 0n, exponent: 0 };
  const ideal = a.exponent - b.exponent;
  const shift = Math.max(0, maxDigits + 3 + b.digits.toString().length - a.digits.toString().length);
  const scaled = a.digits * 10n ** BigInt(shift);
  let digits = scaled / b.digits;
  let exponent = ideal - shift;
  if (scaled % b.digits !== 0n)
    return { kind: 'finite', negative, digits: digits * 10n + 1n, exponent: exponent - 1 };
  while (exponent < ideal && digits !== 0n && digits % 10n === 0n) {
    digits /= 10n;
    exponent++;
  }
  return { kind: 'finite', negative, digits, exponent };
}

export function negateDecimal(a: DecimalParts): DecimalParts {
  return { ...a, negative: !a.negative };
}
