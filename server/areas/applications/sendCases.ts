import type { CaseReceipt, SubmittedMaterial } from '../../government/accept/port.ts';
import { GovernmentError } from '../../government/kit/governmentError.ts';
import type { Actor } from '../../government/kit/systemGate.ts';
import { licenceFor } from '../../government/licences/standFor.ts';
import type { CaseEvent } from '../../government/progress/caseEvent.ts';
import { inTransaction } from '../../kernel/database.ts';
import { readFile } from '../../kernel/fileStore/fileStore.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { log } from '../../kernel/log.ts';
import { claimRows } from '../../kernel/outbox/claimRows.ts';
import { filesOf } from '../attachments/upload.ts';
import { tellCase } from './caseNotices.ts';
import type { MaterialChoice } from './contract.ts';
import { ownEvent, recordEvents, refreshCase } from './events.ts';
import { fieldsIn } from './forms/definition.ts';
import { storedForm } from './forms.ts';
import { licencesOf } from './licencesOf.ts';
import { type CaseContent, cases, type StoredCase, type StoredSend, sends } from './model.ts';
import { problemWords } from './problems.ts';
import type { ApplicationsRoom } from './room.ts';
import { casePlace, codePlace, open, seal, sendPlace } from './seal.ts';
import { wordsOf } from './words.ts';

const leaseMs = 120_000;
const longestWait = 10 * 60_000;

/** Sends what is due; answers whether there was anything. Any number of processes may run it. */
export async function sendDue(room: ApplicationsRoom): Promise<boolean> {
  if (!room.accept) return false;
  const now = room.clock.wall();
  const leased = { dueAt: new Date(now.getTime() + leaseMs) };
  const rows = await claimRows(sends(), {
    due: { open: true, dueAt: { $lte: now } },
    ...{ sort: { dueAt: 1 }, limit: 8 },
    mark: { $set: leased, $inc: { attempts: 1 } },
    marked: (row) => ({ ...row, ...leased, attempts: row.attempts + 1 }),
  });
  await Promise.all(rows.map((row) => sendRow(room, row)));
  return rows.length > 0;
}

async function sendRow(room: ApplicationsRoom, row: StoredSend): Promise<void> {
  const stored = (await cases().findOne({ _id: row.caseId }))!;
  try {
    if (row.kind === 'submit') await submitCase(room, row, stored);
    else if (stored.state === 'withdrawn') await settle(row, null);
    else if (stored.caseNumber === null) return void (await later(room, row, 'not submitted yet'));
    else await carriers[row.kind](room, row, { ...stored, caseNumber: stored.caseNumber });
    await settle(row, null);
  } catch (error) {
    if (!(error instanceof GovernmentError)) {
      log.error({ cause: error, caseId: row.caseId, kind: row.kind }, 'a case could not be sent');
      return void (await later(room, row, 'fault'));
    }
    await failed(room, row, stored, error);
  }
}

const settle = async (row: StoredSend, problem: string | null): Promise<void> =>
  void (await sends().updateOne(
    { _id: row._id, claim: row.claim },
    { $set: { open: false, problem, unsure: false } },
  ));

/** Tries again: soon at first, then every ten minutes, or when the system opens again. */
async function later(
  room: ApplicationsRoom,
  row: StoredSend,
  problem: string,
  until: Date | null = null,
): Promise<void> {
  const now = room.clock.wall().getTime();
  const wait = Math.min(longestWait, 1000 * 2 ** Math.min(row.attempts, 12));
  const opens = until ? until.getTime() - room.clock.now().getTime() : 0;
  const dueAt = new Date(now + Math.max(wait, opens));
  await sends().updateOne({ _id: row._id, claim: row.claim }, { $set: { dueAt, problem } });
}

async function failed(
  room: ApplicationsRoom,
  row: StoredSend,
  stored: StoredCase,
  error: GovernmentError,
): Promise<void> {
  const code = `${error.kind}:${error.code}`;
  log.warn({ caseId: row.caseId, kind: row.kind, code }, 'the acceptance system did not take it');
  if (row.kind === 'submit' && error.notSent) await setUnsure(row, false);
  const unsure = (await sends().findOne({ _id: row._id }, { projection: { unsure: 1 } }))?.unsure ?? true;
  const over = error.kind === 'refused' || (error.kind === 'closed' && row.kind === 'submit' && !unsure);
  if (!over) return later(room, row, code, error.until);
  if (row.kind === 'submit') await toConfirm(room, stored, problemWords(error));
  else await refusedAct(row, stored, problemWords(error));
  await settle(row, code);
}

/** Nothing is sent behind the citizen's back hours later: they look at it and confirm (scenario 23). */
async function toConfirm(room: ApplicationsRoom, stored: StoredCase, problem: string): Promise<void> {
  await inTransaction(async (session) => {
    // Taken back while it was on its way: it never arrived, so it ends here.
    const now = await cases().findOne({ _id: stored._id }, { session });
    const state = now?.withdrawAsked ? 'withdrawn' : 'toConfirm';
    const words = wordsOf(state, null, stored.deliveryWay);
    const after = await cases().findOneAndUpdate(
      { _id: stored._id, state: 'sending' },
      {
        $set: {
          state,
          ...words,
          problem: state === 'toConfirm' ? problem : null,
          open: state === 'toConfirm',
        },
        $inc: { revision: 1 },
      },
      { session, returnDocument: 'after' },
    );
    if (after) await tellCase(stored, after, room.clock.now(), session);
  });
}

/** The office has moved on: what the citizen sees says so. */
async function refusedAct(row: StoredSend, stored: StoredCase, problem: string): Promise<void> {
  const undone =
    row.kind === 'supplement'
      ? { correctionSent: null }
      : row.kind === 'withdraw'
        ? { withdrawAsked: null }
        : {};
  await cases().updateOne({ _id: stored._id }, { $set: { problem, ...undone }, $inc: { revision: 1 } });
}

const setUnsure = async (row: StoredSend, unsure: boolean): Promise<void> =>
  void (await sends().updateOne({ _id: row._id, claim: row.claim }, { $set: { unsure } }));

async function submitCase(room: ApplicationsRoom, row: StoredSend, stored: StoredCase): Promise<void> {
  const accept = room.accept!;
  if (stored.caseNumber !== null || stored.state !== 'sending') return;
  const arrived = row.unsure ? await accept.find(stored._id) : null;
  if (arrived) return takeReceipt(room, stored, arrived);
  const person = await room.findPerson(stored.personId);
  if (!person?.name || !person.idNumber) throw new Error('the applicant of a case is gone');
  const actor: Actor = { kind: 'citizen', id: stored.personId };
  const content = open<CaseContent>(room, stored.sealed, casePlace(stored._id));
  const materials = await handIn(room, stored, content.materials, content.answers, actor);
  const { delivery } = content;
  const matter = await room.findMatter(stored.matter.id);
  const firm = person.enterprise && !matter?.audiences.includes('personal') ? person.enterprise : null;
  const idType = person.idType ?? '10';
  const situation = Object.entries(content.situation).map(([code, option]) => `${code}=${option}`);
  const [formId, version] = stored.formKey.split('@') as [string, string];
  await setUnsure(row, true); // from here on we ask before we send again
  const receipt = await accept.submit(
    {
      ...{ ourNumber: stored._id, matterCode: stored.matter.code, matterName: stored.matter.name },
      form: { formId, version: Number(version) },
      situation: situation.join(';') || null,
      applicant: {
        ...(firm
          ? { kind: 'firm' as const, name: firm.name, idType: '49', idNumber: firm.code }
          : { kind: 'person' as const, name: person.name, idType, idNumber: person.idNumber }),
        userIdCode: null,
      },
      agent: { name: person.name, idType, idNumber: person.idNumber, phone: person.phone ?? '' },
      ...{ answers: content.answers, materials, submittedAt: stored.submittedAt },
      delivery:
        delivery.way === 'post'
          ? { way: 'post', address: { name: delivery.name, phone: delivery.phone, text: delivery.text } }
          : { way: 'pickUp', address: null },
    },
    actor,
  );
  await takeReceipt(room, stored, receipt);
}

async function takeReceipt(room: ApplicationsRoom, stored: StoredCase, receipt: CaseReceipt): Promise<void> {
  await cases().updateOne(
    { _id: stored._id, caseNumber: null },
    {
      $set: {
        ...{ caseNumber: receipt.caseNumber, longNumber: receipt.longNumber, problem: null },
        queryCodeSealed: seal(room, receipt.queryCode, codePlace(stored._id)),
        lostCharacters: [...receipt.lostCharacters],
      },
      $inc: { revision: 1 },
    },
  );
  await refreshCase(room, stored._id);
}

/** Uploads the files and opens the licences. Repeated, it is the same files there. */
async function handIn(
  room: ApplicationsRoom,
  stored: StoredCase,
  materials: Readonly<Record<string, MaterialChoice>>,
  answers: Readonly<Record<string, unknown>>,
  actor: Actor,
): Promise<SubmittedMaterial[]> {
  const { form } = await storedForm(stored.formKey);
  const uploaded = new Map((await filesOf(stored.draftId)).map((file) => [file._id, file]));
  const sendFile = async (seq: string, name: string, id: string): Promise<SubmittedMaterial> => {
    const file = uploaded.get(id);
    if (file?.state !== 'clean' || !file.md5 || !file.sm3 || !file.mime)
      throw new Error(`the file ${id} is not clean`);
    const { md5, sm3 } = file;
    const bytes = await readFile(id);
    const { fileId } = await room.accept!.upload(
      { ourFileNumber: id, name: file.name, mime: file.mime, bytes, md5, sm3 },
      stored.matter.code,
      actor,
    );
    return { seq, name, way: { kind: 'file', fileId, fileName: file.name, md5, sm3 } };
  };
  const result: SubmittedMaterial[] = [];
  const wantsLicence = Object.values(materials).some((each) => each.way === 'licence');
  const held = wantsLicence
    ? await licencesOf(room, stored.personId, stored.matter, stored._id, stored.submittedAt)
    : [];
  for (const material of form.materials) {
    const { seq, name, licenceType } = material;
    const choice = materials[seq];
    if (!choice) continue;
    if (choice.way === 'later') result.push({ seq, name, way: { kind: 'later' } });
    else if (choice.way === 'files')
      for (const id of choice.files) result.push(await sendFile(seq, name, id));
    else {
      const found = licenceFor(licenceType ?? '', held, localDayOf(room.clock.now()));
      if (found.kind !== 'licence' || found.licence.code !== choice.code)
        throw new GovernmentError('accept', 'refused', name, { code: 'licence' });
      const { code: licenceCode, authCode } = found.licence;
      result.push({ seq, name, way: { kind: 'licence', licenceCode, authCode } });
    }
  }
  for (const field of fieldsIn(form)) {
    const value = field.kind === 'attachment' ? answers[field.key] : undefined;
    if (!Array.isArray(value)) continue;
    // Named by our number in the answers; the list of materials is the form's.
    for (const id of value as string[]) await sendFile(field.key, field.label, id);
  }
  return result;
}

export interface SupplementPayload {
  readonly correctionKey: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly materials: Readonly<Record<string, MaterialChoice>>;
  readonly at: string;
}

type Sent = StoredCase & { readonly caseNumber: string };
const carriers: Readonly<
  Record<
    Exclude<StoredSend['kind'], 'submit'>,
    (room: ApplicationsRoom, row: StoredSend, stored: Sent) => Promise<void>
  >
> = {
  async supplement(room, row, stored) {
    const payload = open<SupplementPayload>(room, row.sealed!, sendPlace(row.key));
    const actor: Actor = { kind: 'citizen', id: stored.personId };
    const materials = await handIn(room, stored, payload.materials, payload.answers, actor);
    const { caseNumber } = stored;
    await room.accept!.supplement(
      {
        ...{ caseNumber, ourCorrectionNumber: row._id, answers: payload.answers, materials },
        submittedAt: new Date(payload.at),
      },
      actor,
    );
  },
  async withdraw(room, row, stored) {
    const { reason, at } = open<{ reason: string; at: string }>(room, row.sealed!, sendPlace(row.key));
    await room.accept!.withdraw(stored.caseNumber, reason, { kind: 'citizen', id: stored.personId });
    const { key, version } = ownEvent(stored, 'withdraw', new Date(at));
    await recordEvents(
      room,
      stored._id,
      [{ step: 'withdrawn', key, version, at: new Date(at), reason }],
      'citizen',
    );
  },
  async report(room, row, stored) {
    const { event, actor } = open<{ event: CaseEvent; actor: Actor }>(room, row.sealed!, sendPlace(row.key));
    const whole = { ...event, at: new Date(event.at), caseNumber: stored.caseNumber } as CaseEvent;
    await room.accept!.report(stored._id, whole, actor);
  },
};
