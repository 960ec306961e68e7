import { instantAt } from '../../kernel/localDay.ts';
import { matterOf, placeOf } from './bookingNotices.ts';
import type { Booking } from './model.ts';

const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** TEXT of RFC 5545 section 3.3.11. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** A line has at most 75 octets; what is longer goes on after a line break and a space, between characters. */
function folded(line: string): string {
  let out = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}

/** A visit as an iCalendar file (RFC 5545), with an alarm an hour before. Import it again: the same entry. */
export function calendarOf(booking: Booking, now: Date): string {
  const needed = booking.materials.filter((each) => each.needed).map((each) => each.name);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Zengcheng Service Hall//Booking//ZH',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${booking._id}@service-hall`,
    `SEQUENCE:${booking.history.length}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(booking.startsAt)}`,
    `DTEND:${stamp(instantAt(booking.date, booking.end))}`,
    `SUMMARY:${escaped(`办理${matterOf(booking)}`)}`,
    `LOCATION:${escaped(`${placeOf(booking)}（${booking.address}）`)}`,
    `DESCRIPTION:${escaped([`预约号 ${booking.number}`, needed.length > 0 ? `请带上：${needed.join('、')}` : ''].filter(Boolean).join('\n'))}`,
    `STATUS:${booking.state === 'booked' ? 'CONFIRMED' : 'CANCELLED'}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:-PT60M',
    `DESCRIPTION:${escaped(`一小时后办理${matterOf(booking)}`)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
