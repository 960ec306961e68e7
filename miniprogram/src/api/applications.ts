import type {
  ApplyView,
  CaseList,
  CaseView,
  DraftList,
  DraftView,
  FileView,
  MaterialChoice,
  Offered,
  PrefillAnswer,
  SaveDraft,
} from '../../../server/areas/applications/contract.ts';
import { apiBase, sessionHeaders } from '../platform/channel';
import { type ChosenFile, putBytes } from '../platform/files';
import { offline } from './apiError.ts';
import { get, post, put } from './request.ts';

/** Whether a matter can be applied for on the phone; open to everybody. */
export const loadOffered = (matterId: string): Promise<Offered> => get(`/api/apply/${matterId}/available`);
/** The form of a matter, and drafts of it that are begun. */
export const loadApply = (matterId: string): Promise<ApplyView> => get(`/api/apply/${matterId}`);
export const loadDrafts = (): Promise<DraftList> => get('/api/drafts');
/** The id is the phone's, so that beginning again after a lost answer is the same draft. */
export const beginDraft = (matterId: string, draftId: string): Promise<DraftView> =>
  post('/api/drafts', { matterId, draftId });
export const loadDraft = (id: string): Promise<DraftView> => get(`/api/drafts/${id}`);
export const saveDraft = (id: string, change: SaveDraft): Promise<DraftView> =>
  put(`/api/drafts/${id}`, change);
/** Asks identity and licences, after the person agreed. */
export const prefill = (id: string): Promise<PrefillAnswer> =>
  post(`/api/drafts/${id}/prefill`, { consentVersion: '2026-11' });
export const submitDraft = (id: string, revision: number): Promise<CaseView> =>
  post(`/api/drafts/${id}/submit`, { revision });

export const loadCases = (before?: string): Promise<CaseList> => get('/api/cases', { before });
export const loadCase = (id: string): Promise<CaseView> => get(`/api/cases/${id}`);
export const submitAgain = (id: string): Promise<CaseView> => post(`/api/cases/${id}/submit`);
export const withdraw = (id: string, reason: string): Promise<CaseView> =>
  post(`/api/cases/${id}/withdraw`, { reason });
export const correct = (
  id: string,
  correction: { key: string; answers: Record<string, unknown>; materials: Record<string, MaterialChoice> },
): Promise<CaseView> => post(`/api/cases/${id}/correct`, correction);

/** The same upload under the same id goes on where it was cut. Throws ApiError. */
export async function upload(
  place: { readonly draftId: string; readonly slot: string; readonly uploadId: string },
  file: ChosenFile,
  onProgress: (share: number) => void,
): Promise<FileView> {
  const { draftId, slot, uploadId } = place;
  const size = file.bytes.byteLength;
  const begun = await post<FileView>('/api/attachments', { draftId, slot, name: file.name, size, uploadId });
  const parts = Math.ceil(size / begun.partSize);
  for (let number = 0; number < parts; number++) {
    if (!begun.parts.includes(number)) {
      const bytes = file.bytes.slice(number * begun.partSize, (number + 1) * begun.partSize);
      await carryPart(`${apiBase()}/api/attachments/${uploadId}/parts/${number}`, bytes);
    }
    onProgress((number + 1) / parts);
  }
  return post<FileView>(`/api/attachments/${uploadId}/finish`);
}

/** A part is tried three times before the upload counts as cut. */
async function carryPart(url: string, bytes: ArrayBuffer): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const status = await putBytes(url, sessionHeaders(), bytes).catch(() => 0);
    if (status >= 200 && status < 300) return;
  }
  throw offline();
}
