import { ObjectId } from 'bson';
import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { typeOf } from '../../bson/typeOf.ts';
import { type Doc, isDocument, type Value } from '../../bson/value.ts';
import { CommandError, failedToParse } from '../../errors.ts';
import type { Evaluate, OperatorCompiler, Scope } from '../expression.ts';
import { parseDate } from './conversion.ts';
import { integerOr, isNullish, named, typeName } from './helpers.ts';

const zones = new Map<string, Zone>();

/** An Olson name, or an offset such as +08, +0800, +08:00. */
function zoneOf(value: Value | undefined): Zone {
  if (value === undefined) return FixedOffsetZone.utcInstance;
  if (typeof value !== 'string')
    throw new CommandError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
  const known = zones.get(value);
  if (known) return known;
  let zone: Zone;
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(value);
  if (offset)
    zone = FixedOffsetZone.instance(
      (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0)),
    );
  else if (value === 'UTC' || value === 'GMT' || value === 'Z') zone = FixedOffsetZone.utcInstance;
  else zone = IANAZone.create(value);
  if (!zone.isValid) throw new CommandError(40485, `unrecognized time zone identifier: "${value}"`);
  zones.set(value, zone);
  return zone;
}

function instant(value: Value, code = 16006): number {
  if (value instanceof Date) return value.getTime();
  if (value instanceof ObjectId) return value.getTimestamp().getTime();
  if (typeOf(value) === 'timestamp') return Number((value as { t?: number }).t ?? 0) * 1000;
  throw new CommandError(code, `can't convert from BSON type ${typeName(value)} to Date`);
}

const at = (value: Value, zone: Zone) => DateTime.fromMillis(instant(value), { zone });

/** $year and its like: a date, or {date, timezone}. */
const part =
  (read: (time: DateTime) => Value): OperatorCompiler =>
  (value, compiler, op) => {
    const parts =
      isDocument(value) && !Object.keys(value)[0]?.startsWith('$')
        ? named(op, value, compiler, ['date'], ['timezone'])
        : { date: compiler.operands(op, value, 1)[0] };
    const zone = (parts as Record<string, Evaluate | undefined>)['timezone'];
    return (scope) => {
      const date = parts['date']!(scope);
      const name = zone?.(scope);
      if (isNullish(date) || (zone && isNullish(name))) return null;
      return read(at(date, zoneOf(name ?? undefined)));
    };
  };

const pad = (value: number, size: number) => String(Math.abs(value)).padStart(size, '0');
const sundayWeek = (time: DateTime) => Math.floor((time.ordinal + 6 - (time.weekday % 7)) / 7);
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const formats: Record<string, (time: DateTime) => string> = {
  d: (time) => pad(time.day, 2),
  G: (time) => pad(time.weekYear, 4),
  H: (time) => pad(time.hour, 2),
  j: (time) => pad(time.ordinal, 3),
  L: (time) => pad(time.millisecond, 3),
  m: (time) => pad(time.month, 2),
  M: (time) => pad(time.minute, 2),
  S: (time) => pad(time.second, 2),
  u: (time) => String(time.weekday),
  U: (time) => pad(sundayWeek(time), 2),
  V: (time) => pad(time.weekNumber, 2),
  w: (time) => String((time.weekday % 7) + 1),
  Y: (time) => pad(time.year, 4),
  z: (time) =>
    `${time.offset < 0 ? '-' : '+'}${pad(Math.trunc(time.offset / 60), 2)}${pad(time.offset % 60, 2)}`,
  Z: (time) => String(time.offset),
  b: (time) => months[time.month - 1]!.slice(0, 3),
  B: (time) => months[time.month - 1]!,
  '%': () => '%',
};

function formatDate(time: DateTime, format: string): string {
  return format.replace(/%(.?)/g, (_, letter: string) => {
    const write = formats[letter];
    if (!write) throw new CommandError(18536, `Invalid format character '%${letter}' in format string`);
    return write(time);
  });
}

const dateToString: OperatorCompiler = (value, compiler, op) => {
  const { date, format, timezone, onNull } = named(
    op,
    value,
    compiler,
    ['date'],
    ['format', 'timezone', 'onNull'],
  );
  return (scope) => {
    const item = date!(scope);
    if (isNullish(item)) return onNull ? onNull(scope) : null;
    const zone = timezone?.(scope);
    const pattern = format?.(scope);
    if ((timezone && isNullish(zone)) || (format && isNullish(pattern))) return null;
    const fallback = '%Y-%m-%dT%H:%M:%S.%LZ';
    if (pattern !== undefined && typeof pattern !== 'string')
      throw new CommandError(
        18533,
        `$dateToString requires that 'format' be a string, found: ${typeName(pattern)}`,
      );
    return formatDate(at(item, zoneOf(zone ?? undefined)), (pattern as string | undefined) ?? fallback);
  };
};

const parseLetters: Record<string, string> = {
  Y: '(?<year>\\d{4})',
  m: '(?<month>\\d{1,2})',
  d: '(?<day>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  M: '(?<minute>\\d{1,2})',
  S: '(?<second>\\d{1,2})',
  L: '(?<millisecond>\\d{1,3})',
  z: '(?<zone>Z|[+-]\\d{2}:?\\d{2})',
};

const dateFromString: OperatorCompiler = (value, compiler, op) => {
  const parts = named(op, value, compiler, ['dateString'], ['format', 'timezone', 'onError', 'onNull']);
  return (scope) => {
    const text = parts['dateString']!(scope);
    if (isNullish(text)) return parts['onNull'] ? parts['onNull'](scope) : null;
    const zone = parts['timezone']?.(scope) ?? undefined;
    try {
      if (typeof text !== 'string')
        throw new CommandError(
          241,
          `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`,
        );
      const format = parts['format']?.(scope);
      const parsed = typeof format === 'string' ? parseWith(text, format, zone) : parsePlain(text, zone);
      if (!parsed) throw new CommandError(241, `Error parsing date string '${text}'`);
      return parsed;
    } catch (error) {
      if (parts['onError'] && error instanceof CommandError && error.code === 241)
        return parts['onError'](scope);
      throw error;
    }
  };
};

function parsePlain(text: string, zone: Value | undefined): Date | undefined {
  const parsed = parseDate(text);
  if (!parsed || zone === undefined) return parsed;
  if (/(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)))
    throw new CommandError(
      241,
      `you cannot pass in a date/time string with GMT offset together with a timezone argument`,
    );
  return DateTime.fromISO(parsed.toISOString(), { zone: 'utc' })
    .setZone(zoneOf(zone), { keepLocalTime: true })
    .toJSDate();
}

function parseWith(text: string, format: string, zone: Value | undefined): Date | undefined {
  const source = format.replace(/%(.)|[.*+?^${}()|[\]\\]/g, (all, letter: string | undefined) => {
    if (letter === undefined) return `\\${all}`;
    if (letter === '%') return '%';
    const pattern = parseLetters[letter];
    if (!pattern) throw new CommandError(18536, `Invalid format character '%${letter}' in format string`);
    return pattern;
  });
  const groups = new RegExp(`^${source}$`).exec(text)?.groups;
  if (!groups) return undefined;
  const number = (name: string, other: number) => (groups[name] === undefined ? other : Number(groups[name]));
  const inZone =
    groups['zone'] === undefined || groups['zone'] === 'Z' ? zoneOf(zone) : zoneOf(groups['zone']);
  const time = DateTime.fromObject(
    {
      year: number('year', 1970),
      month: number('month', 1),
      day: number('day', 1),
      hour: number('hour', 0),
      minute: number('minute', 0),
      second: number('second', 0),
      millisecond: number('millisecond', 0),
    },
    { zone: inZone },
  );
  return time.isValid ? time.toJSDate() : undefined;
}

const units = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
type Unit = (typeof units)[number];

function unitOf(op: string, value: Value | undefined): Unit {
  if (!units.includes(value as Unit))
    throw failedToParse(`${op} parameter 'unit' value cannot be recognized as a time unit: ${String(value)}`);
  return value as Unit;
}

const shift =
  (sign: 1 | -1): OperatorCompiler =>
  (value, compiler, op) => {
    const { startDate, unit, amount, timezone } = named(
      op,
      value,
      compiler,
      ['startDate', 'unit', 'amount'],
      ['timezone'],
    );
    return (scope) => {
      const start = startDate!(scope);
      const size = amount!(scope);
      const zone = timezone?.(scope);
      const name = unit!(scope);
      if (isNullish(start) || isNullish(size) || isNullish(name) || (timezone && isNullish(zone)))
        return null;
      const number = integerOr(size, 5166405, `${op} expects integer amount of time units`) * sign;
      return at(start, zoneOf(zone ?? undefined))
        .plus({ [`${unitOf(op, name)}s`]: number })
        .toJSDate();
    };
  };

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function weekStart(scope: Scope, start: Evaluate | undefined): number {
  const given = start?.(scope);
  if (isNullish(given)) return 7;
  const index = weekdays.findIndex(
    (day) => day === String(given).toLowerCase() || day.slice(0, 3) === String(given).toLowerCase(),
  );
  if (index < 0)
    throw failedToParse(`startOfWeek value cannot be recognized as a day of a week: ${String(given)}`);
  return index + 1;
}

/** Days since a Monday long ago, in local time; whole weeks count from the given first day. */
function startOf(time: DateTime, unit: Unit, first: number): DateTime {
  if (unit !== 'week') return time.startOf(unit);
  return time.startOf('day').minus({ days: (time.weekday - first + 7) % 7 });
}

const dateTrunc: OperatorCompiler = (value, compiler, op) => {
  const parts = named(op, value, compiler, ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek']);
  return (scope) => {
    const date = parts['date']!(scope);
    const name = parts['unit']!(scope);
    const zone = parts['timezone']?.(scope);
    const bin = parts['binSize'] ? parts['binSize'](scope) : 1;
    if (isNullish(date) || isNullish(name) || isNullish(bin) || (parts['timezone'] && isNullish(zone)))
      return null;
    const unit = unitOf(op, name);
    const size = integerOr(bin, 5439017, `${op} requires 'binSize' to be a 64-bit integer`);
    const first = weekStart(scope, parts['startOfWeek']);
    const time = startOf(at(date, zoneOf(zone ?? undefined)), unit, first);
    if (size === 1) return time.toJSDate();
    const origin = startOf(
      DateTime.fromObject({ year: 2000, month: 1, day: 1 }, { zone: time.zone }),
      unit,
      first,
    );
    const passed = countBetween(origin, time, unit, first);
    const whole = Math.floor(passed / size) * size;
    return origin.plus({ [`${unit}s`]: whole }).toJSDate();
  };
};

function countBetween(from: DateTime, to: DateTime, unit: Unit, first: number): number {
  const a = startOf(from, unit, first);
  const b = startOf(to, unit, first);
  switch (unit) {
    case 'year':
      return b.year - a.year;
    case 'quarter':
      return (b.year - a.year) * 4 + (b.quarter - a.quarter);
    case 'month':
      return (b.year - a.year) * 12 + (b.month - a.month);
    case 'week':
    case 'day':
      return Math.round((localMillis(b) - localMillis(a)) / (unit === 'week' ? 604_800_000 : 86_400_000));
    default: {
      const sizes = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };
      return Math.floor(b.toMillis() / sizes[unit]) - Math.floor(a.toMillis() / sizes[unit]);
    }
  }
}

const localMillis = (time: DateTime) => time.toMillis() + time.offset * 60_000;

const dateDiff: OperatorCompiler = (value, compiler, op) => {
  const parts = named(op, value, compiler, ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek']);
  return (scope) => {
    const start = parts['startDate']!(scope);
    const end = parts['endDate']!(scope);
    const name = parts['unit']!(scope);
    const given = parts['timezone']?.(scope);
    if (isNullish(start) || isNullish(end) || isNullish(name) || (parts['timezone'] && isNullish(given)))
      return null;
    const zone = zoneOf(given ?? undefined);
    return BigInt(
      countBetween(at(start, zone), at(end, zone), unitOf(op, name), weekStart(scope, parts['startOfWeek'])),
    );
  };
};

const dateFromParts: OperatorCompiler = (value, compiler, op) => {
  const iso = isDocument(value) && value['isoWeekYear'] !== undefined;
  const parts = iso
    ? named(
        op,
        value,
        compiler,
        ['isoWeekYear'],
        ['isoWeek', 'isoDayOfWeek', 'hour', 'minute', 'second', 'millisecond', 'timezone'],
      )
    : named(
        op,
        value,
        compiler,
        ['year'],
        ['month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone'],
      );
  return (scope) => {
    const numbers: Record<string, number> = {};
    for (const [name, evaluate] of Object.entries(parts)) {
      if (name === 'timezone' || !evaluate) continue;
      const item = evaluate(scope);
      if (isNullish(item)) return null;
      numbers[name] = integerOr(
        item,
        40515,
        `'${name}' must evaluate to an integer, found ${typeName(item)}`,
      );
    }
    const zone = zoneOf(parts['timezone']?.(scope) ?? undefined);
    const clock = {
      hours: numbers['hour'] ?? 0,
      minutes: numbers['minute'] ?? 0,
      seconds: numbers['second'] ?? 0,
      milliseconds: numbers['millisecond'] ?? 0,
    };
    // Parts out of range carry over, as in MongoDB.
    const base = iso
      ? DateTime.fromObject({ weekYear: numbers['isoWeekYear']!, weekNumber: 1, weekday: 1 }, { zone }).plus({
          weeks: (numbers['isoWeek'] ?? 1) - 1,
          days: (numbers['isoDayOfWeek'] ?? 1) - 1,
        })
      : DateTime.fromObject({ year: numbers['year']! }, { zone })
          .plus({ months: (numbers['month'] ?? 1) - 1 })
          .plus({ days: (numbers['day'] ?? 1) - 1 });
    return base.plus(clock).toJSDate();
  };
};

const dateToParts: OperatorCompiler = (value, compiler, op) => {
  const parts = named(op, value, compiler, ['date'], ['timezone', 'iso8601']);
  return (scope) => {
    const date = parts['date']!(scope);
    const zone = parts['timezone']?.(scope);
    if (isNullish(date) || (parts['timezone'] && isNullish(zone))) return null;
    const time = at(date, zoneOf(zone ?? undefined));
    const clock: Doc = {
      hour: time.hour,
      minute: time.minute,
      second: time.second,
      millisecond: time.millisecond,
    };
    if (parts['iso8601']?.(scope) === true)
      return { isoWeekYear: time.weekYear, isoWeek: time.weekNumber, isoDayOfWeek: time.weekday, ...clock };
    return { year: time.year, month: time.month, day: time.day, ...clock };
  };
};

export const dateOperators: Record<string, OperatorCompiler> = {
  $year: part((time) => time.year),
  $month: part((time) => time.month),
  $dayOfMonth: part((time) => time.day),
  $dayOfWeek: part((time) => (time.weekday % 7) + 1),
  $dayOfYear: part((time) => time.ordinal),
  $hour: part((time) => time.hour),
  $minute: part((time) => time.minute),
  $second: part((time) => time.second),
  $millisecond: part((time) => time.millisecond),
  $week: part(sundayWeek),
  $isoWeek: part((time) => time.weekNumber),
  $isoWeekYear: part((time) => BigInt(time.weekYear)),
  $isoDayOfWeek: part((time) => time.weekday),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
  $dateTrunc: dateTrunc,
  $dateDiff: dateDiff,
  $dateFromParts: dateFromParts,
  $dateToParts: dateToParts,
};
