import { parseBeijingTime, writeBeijingTime } from '../kit/beijingTime.ts';
import { cleanLine, cleanText } from '../kit/cleanText.ts';
import { type Json, pickList, pickText } from '../kit/tolerantJson.ts';
import type { Appeal, AppealEvent, AppealReport, KnowledgeEntry } from './port.ts';
import { kindCodes, kindOf, stepOf } from './steps.ts';

/** An appeal lives through far fewer events; a higher number is a mistake of somebody and would make a thousand gaps. */
const highestSeq = 999;

const wholeNumber = (text: string | null): number | null =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** One event of a callback or of a query; null: it has no place in an order, or no time. */
export function eventFromWire(appealNumber: string, value: Json): AppealEvent | null {
  const seq = wholeNumber(pickText(value, 'seq'));
  const status = wholeNumber(pickText(value, 'status'));
  const at = parseBeijingTime(pickText(value, 'time'));
  if (seq === null || seq < 1 || seq > highestSeq || status === null || !at) return null;
  const master = pickText(value, 'masterNo');
  // A merged appeal is told with the words and files of its master, which are about other people: they stop here (§9 no. 17).
  const foreign = master !== null || status === 90;
  return {
    ...{ appealNumber, seq, status, step: stepOf(status), at, master },
    department: foreign ? null : cleanLine(pickText(value, 'dept')) || null,
    text: foreign ? '' : cleanText(pickText(value, 'content')),
    files: foreign ? [] : pickList(value, 'attachments').flatMap(fileName),
  };
}

const fileName = (value: Json): string[] => {
  const name = typeof value === 'string' ? value : pickText(value, 'name');
  return name ? [cleanLine(name)] : [];
};

export function reportFromWire(value: Json | undefined): AppealReport | null {
  const appealNumber = pickText(value, 'appealNo');
  if (appealNumber === null) return null;
  const kind = kindOf(pickText(value, 'type'));
  const events = pickList(value, 'events')
    .flatMap((each) => eventFromWire(appealNumber, each) ?? [])
    .sort((a, b) => a.seq - b.seq);
  return {
    ...{ appealNumber, kind, events },
    title: cleanLine(pickText(value, 'title')),
    registeredAt: parseBeijingTime(pickText(value, 'registerTime')),
    dueAt: parseBeijingTime(pickText(value, 'deadline')),
    // A report is never published, even where somebody there ticked the box (§9 no. 18).
    mayBePublic: mayEverBePublic(kind) && pickText(value, 'openConsent') === '1',
  };
}

const mayEverBePublic = (kind: AppealReport['kind']): boolean => kind !== null && kind !== 'report';

/** Our appeal in their names. */
export function appealBody(appeal: Appeal): Readonly<Record<string, unknown>> {
  const { contact, place } = appeal;
  return {
    bizNo: appeal.ourNumber,
    type: kindCodes[appeal.kind],
    title: appeal.title,
    content: appeal.text,
    areaCode: appeal.townCode,
    address: appeal.address,
    ...(place && { lng: place.longitude.toFixed(6), lat: place.latitude.toFixed(6) }),
    ...(appeal.happenedAt && { occurAt: writeBeijingTime(appeal.happenedAt) }),
    filedAt: writeBeijingTime(appeal.filedAt),
    contact: {
      name: contact.way === 'anonymous' ? '' : contact.name,
      phone: contact.way === 'anonymous' ? '' : contact.phone,
      anonymous: contact.way === 'anonymous' ? '1' : '0',
      // Whoever reports wrongdoing is kept secret unless nobody is named at all.
      secret: contact.way === 'secret' || (contact.way === 'named' && appeal.kind === 'report') ? '1' : '0',
    },
    attachments: appeal.files,
    openConsent: mayEverBePublic(appeal.kind) && appeal.mayBePublic ? '1' : '0',
  };
}

const dayOf = (text: string | null): string | null => {
  const at = parseBeijingTime(text);
  return at && writeBeijingTime(at).slice(0, 10);
};

/** Null: an entry without a number, a version or an answer, or with a limit that cannot be read: better not shown than shown for ever. */
export function entryFromWire(value: Json): KnowledgeEntry | null {
  const id = pickText(value, 'kbId');
  const version = wholeNumber(pickText(value, 'version'));
  const answer = cleanText(pickText(value, 'answer'));
  const [from, to] = ['validFrom', 'validTo'].map((name) => pickText(value, name)) as [
    string | null,
    string | null,
  ];
  const [validFrom, validTo] = [dayOf(from), dayOf(to)];
  const unreadable = (from !== null && validFrom === null) || (to !== null && validTo === null);
  const withdrawn = pickText(value, 'state') === '0';
  if (id === null || version === null || unreadable || (answer === '' && !withdrawn)) return null;
  return {
    ...{ id, version, answer, validFrom, validTo, withdrawn },
    title: cleanLine(pickText(value, 'title')),
    question: cleanLine(pickText(value, 'question')),
    keywords: pickList(value, 'keywords').flatMap((each) =>
      typeof each === 'string' && each.trim() !== '' ? [each.trim()] : [],
    ),
    department: cleanLine(pickText(value, 'dept')),
    areaCode: pickText(value, 'areaCode') ?? '',
    asked: wholeNumber(pickText(value, 'hot')) ?? 0,
    changedAt: parseBeijingTime(pickText(value, 'updateTime')),
  };
}
