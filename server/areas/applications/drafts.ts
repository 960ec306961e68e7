import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { applicationsErrors as errors } from './contract.ts';
import { currentForm } from './forms.ts';
import { type DraftChange, emptyDraft, type Merged, mergeDraft } from './mergeDraft.ts';
import { type DraftContent, drafts, type StoredDraft } from './model.ts';
import type { ApplicationsRoom } from './room.ts';
import { draftPlace, open, seal } from './seal.ts';

export interface OpenDraft {
  readonly stored: StoredDraft;
  readonly content: DraftContent;
}

/** Begins a draft under an id that the phone made: begun again after a lost answer, it is the same. Errors: `no_form`. */
export async function beginDraft(
  room: ApplicationsRoom,
  personId: string,
  { matterId, draftId }: { readonly matterId: string; readonly draftId: string },
): Promise<OpenDraft> {
  const matter = await room.findMatter(matterId);
  if (!matter || matter.withdrawnAt) throw new HallError(errors.noForm);
  const { key } = await currentForm(room, matter.code);
  const { id, code, name, department } = matter;
  const fresh: StoredDraft = {
    ...{ _id: draftId, personId, matter: { id, code, name, department }, formKey: key, revision: 0 },
    ...{ sealed: seal(room, emptyDraft, draftPlace(draftId)), savedAt: room.clock.now(), caseId: null },
  };
  try {
    await drafts().insertOne(fresh);
    return { stored: fresh, content: emptyDraft };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return findDraft(room, personId, draftId);
  }
}

/** Errors: `draft_unknown`, also for somebody else's. */
export async function findDraft(room: ApplicationsRoom, personId: string, id: string): Promise<OpenDraft> {
  const stored = await drafts().findOne({ _id: id, personId });
  if (!stored) throw new HallError(errors.draftUnknown);
  return { stored, content: open<DraftContent>(room, stored.sealed, draftPlace(id)) };
}

/** Saves what one device typed; the answer holds what all devices typed. Errors: `draft_unknown`. */
export async function saveDraft(
  room: ApplicationsRoom,
  personId: string,
  id: string,
  change: DraftChange,
): Promise<OpenDraft & Pick<Merged, 'conflicts'>> {
  for (let tries = 0; tries < 20; tries++) {
    const { stored, content } = await findDraft(room, personId, id);
    if (stored.caseId) return { stored, content, conflicts: [] }; // already submitted: the phone goes to the case
    const merged = mergeDraft(content, stored.revision, change);
    if (!merged.changed) return { stored, content, conflicts: [] };
    const next = {
      revision: stored.revision + 1,
      sealed: seal(room, merged.content, draftPlace(id)),
      savedAt: room.clock.now(),
    };
    const { modifiedCount } = await drafts().updateOne(
      { _id: id, revision: stored.revision, caseId: null },
      { $set: next },
    );
    if (modifiedCount === 1)
      return { stored: { ...stored, ...next }, content: merged.content, conflicts: merged.conflicts };
  }
  throw new Error(`the draft ${id} is being written too often`);
}

export const listDrafts = (personId: string): Promise<StoredDraft[]> =>
  drafts().find({ personId, caseId: null }).sort({ savedAt: -1 }).limit(50).toArray();

/** Throws it away. No complaint about one that is gone; a submitted one stays. */
export async function dropDraft(personId: string, id: string): Promise<void> {
  await drafts().deleteOne({ _id: id, personId, caseId: null });
}
