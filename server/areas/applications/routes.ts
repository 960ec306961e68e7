import { GovernmentError } from '../../government/kit/governmentError.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import type { Policy, Route } from '../../kernel/http/route.ts';
import { anyone, route } from '../../kernel/http/route.ts';
import { presentFile } from '../attachments/fileView.ts';
import { openLink } from '../attachments/links.ts';
import { type KindOfFile, partSize } from '../attachments/rules.ts';
import {
  beginUpload,
  filesOf,
  findMyFile,
  finishUpload,
  partsArrived,
  readPart,
  takePart,
} from '../attachments/upload.ts';
import {
  ApplyParams,
  ApplyView,
  BeginDraft,
  BeginUpload,
  CaseList,
  CaseParams,
  CasesQuery,
  CaseView,
  CorrectRequest,
  DocumentParams,
  DraftList,
  DraftParams,
  DraftView,
  applicationsErrors as errors,
  FileParams,
  FileView,
  LinkQuery,
  Offered,
  PartParams,
  PrefillAnswer,
  PrefillRequest,
  SaveDraft,
  SubmitRequest,
  WithdrawRequest,
} from './contract.ts';
import { correctCase } from './correctCase.ts';
import { beginDraft, dropDraft, findDraft, listDrafts, type OpenDraft, saveDraft } from './drafts.ts';
import { findMyCase, listMyCases } from './findCase.ts';
import { type FormDefinition, fieldsIn } from './forms/definition.ts';
import { attachmentOptions } from './forms/kinds/attachment.ts';
import { currentForm, storedForm } from './forms.ts';
import { drafts, type StoredCase } from './model.ts';
import { offeredMatters } from './offered.ts';
import { prefill } from './prefill.ts';
import { presentCard, presentCase, presentDraft } from './present.ts';
import type { ApplicationsRoom } from './room.ts';
import { submitAgain, submitDraft } from './submitDraft.ts';
import { withdrawCase } from './withdrawCase.ts';

/** `mayApply` throws where a citizen's real-name level does not reach: applying and seeing cases needs 四级 (L2). */
export function applicationsRoutes(room: ApplicationsRoom, mayApply: Policy<'citizen'>): readonly Route[] {
  const read = { limit: 'read', signIn: 'citizen', may: mayApply } as const;
  const write = { limit: 'write', signIn: 'citizen', may: mayApply } as const;
  const upload = { limit: 'upload', signIn: 'citizen', may: mayApply } as const;
  const viewDraft = async (
    draft: OpenDraft,
    more: Parameters<typeof presentDraft>[4] = {},
  ): Promise<DraftView> =>
    presentDraft(room, draft, await storedForm(draft.stored.formKey), await filesOf(draft.stored._id), more);
  const viewCase = async (stored: StoredCase): Promise<CaseView> =>
    presentCase(room, stored, await storedForm(stored.formKey), await filesOf(stored.draftId));

  const offered = offeredMatters(room);
  return [
    route(
      'GET',
      '/api/apply/:matterId/available',
      { limit: 'read', signIn: 'none', may: anyone, params: ApplyParams, answer: Offered },
      async ({ params }) => {
        const matter = await room.findMatter(params.matterId);
        return { available: matter !== null && !matter.withdrawnAt && (await offered(matter.code)) };
      },
    ),
    /** Whether a matter can be applied for on the phone, and what is already begun. 404 `no_form`. */
    route(
      'GET',
      '/api/apply/:matterId',
      { ...read, params: ApplyParams, answer: ApplyView },
      async (input) => {
        const matter = await room.findMatter(input.params.matterId);
        if (!matter || matter.withdrawnAt) throw new HallError(errors.noForm);
        const { raw } = await currentForm(room, matter.code);
        const begun = await listDrafts(input.citizen.personId);
        return {
          matter: { id: matter.id, name: matter.name, department: matter.department },
          form: raw,
          drafts: begun
            .filter((each) => each.matter.id === matter.id)
            .map((each) => ({ id: each._id, savedAt: each.savedAt.toISOString() })),
        };
      },
    ),
    route('GET', '/api/drafts', { ...read, answer: DraftList }, async ({ citizen: { personId } }) => ({
      drafts: (await listDrafts(personId)).map((each) => ({
        ...{ id: each._id, matter: each.matter.name, savedAt: each.savedAt.toISOString() },
      })),
    })),
    route(
      'POST',
      '/api/drafts',
      { ...write, body: BeginDraft, answer: DraftView },
      async ({ citizen, body }) => viewDraft(await beginDraft(room, citizen.personId, body)),
    ),
    route('GET', '/api/drafts/:id', { ...read, params: DraftParams, answer: DraftView }, async (input) => {
      const draft = await findDraft(room, input.citizen.personId, input.params.id);
      const newest = await currentForm(room, draft.stored.matter.code);
      return viewDraft(draft, { newestKey: newest.key });
    }),
    route(
      'PUT',
      '/api/drafts/:id',
      { ...write, limit: 'upload', params: DraftParams, body: SaveDraft, answer: DraftView },
      async ({ citizen: { personId }, params: { id }, body: { delivery, ...change } }) => {
        const saved = await saveDraft(room, personId, id, {
          ...change,
          ...(delivery !== undefined && { delivery }),
        });
        return viewDraft(saved, { conflicts: saved.conflicts });
      },
    ),
    route(
      'DELETE',
      '/api/drafts/:id',
      { ...write, params: DraftParams, answer: 'nothing' },
      ({ citizen, params }) => dropDraft(citizen.personId, params.id),
    ),
    route(
      'POST',
      '/api/drafts/:id/prefill',
      { ...write, params: DraftParams, body: PrefillRequest, answer: PrefillAnswer },
      async ({ citizen: { personId }, params: { id } }) =>
        prefill(room, personId, await findDraft(room, personId, id)),
    ),
    route(
      'POST',
      '/api/drafts/:id/submit',
      { ...write, params: DraftParams, body: SubmitRequest, answer: CaseView },
      async ({ citizen: { personId }, params: { id }, body }) =>
        viewCase(await submitDraft(room, personId, id, body.revision)),
    ),

    route(
      'POST',
      '/api/attachments',
      { ...upload, body: BeginUpload, answer: FileView },
      async ({ citizen, body }) => {
        const { draftId, slot, name, size, uploadId } = body;
        const { personId } = citizen;
        await findDraft(room, personId, draftId); // also of a case: a correction uploads to the draft it came from
        const file = await beginUpload(room.files, { id: uploadId, personId, draftId, slot, name, size });
        return presentFile(room.files, file, await partsArrived(file._id));
      },
    ),
    route('GET', '/api/attachments/:id', { ...read, params: FileParams, answer: FileView }, async (input) => {
      const file = await findMyFile(input.params.id, input.citizen.personId);
      return presentFile(room.files, file, await partsArrived(file._id));
    }),
    route(
      'PUT',
      '/api/attachments/:id/parts/:number',
      { ...upload, params: PartParams, answer: 'nothing' },
      async ({ citizen, params, ctx }) => {
        const file = await findMyFile(params.id, citizen.personId);
        const bytes = await readPart(ctx.req, ctx.get('content-type'), partSize);
        await takePart(room.files, file, params.number, bytes);
      },
    ),
    route(
      'POST',
      '/api/attachments/:id/finish',
      { ...upload, params: FileParams, answer: FileView },
      async ({ citizen, params }) => {
        const file = await findMyFile(params.id, citizen.personId);
        const draft = await drafts().findOne({ _id: file.draftId });
        if (!draft) throw new HallError(errors.fileUnknown);
        const { form } = await storedForm(draft.formKey);
        return presentFile(room.files, await finishUpload(room.files, file, acceptedAt(form, file.slot)));
      },
    ),
    /** Opened by pictures and PDF viewers, which cannot sign in: the link is signed and short-lived. */
    route(
      'GET',
      '/api/attachments/:id/content',
      { limit: 'read', signIn: 'none', may: anyone, params: FileParams, query: LinkQuery, answer: 'raw' },
      async ({ params, query, ctx }) => {
        const { file, bytes } = await openLink(room.files, params.id, query);
        ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`);
        ctx.set('Cache-Control', 'private, no-store');
        ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        ctx.set('X-Content-Type-Options', 'nosniff');
        ctx.type = file.mime ?? 'application/octet-stream';
        ctx.body = bytes;
      },
    ),

    route(
      'GET',
      '/api/cases',
      { ...read, query: CasesQuery, answer: CaseList },
      async ({ citizen, query }) => {
        const found = await listMyCases(citizen.personId, query.before);
        return { cases: found.cases.map(presentCard), next: found.next };
      },
    ),
    route(
      'GET',
      '/api/cases/:id',
      { ...read, params: CaseParams, answer: CaseView },
      async ({ citizen, params }) => viewCase(await findMyCase(citizen.personId, params.id)),
    ),
    route(
      'POST',
      '/api/cases/:id/submit',
      { ...write, params: CaseParams, answer: CaseView },
      async ({ citizen, params }) =>
        viewCase(await submitAgain(room, await findMyCase(citizen.personId, params.id))),
    ),
    route(
      'POST',
      '/api/cases/:id/correct',
      { ...write, params: CaseParams, body: CorrectRequest, answer: CaseView },
      async ({ citizen, params, body }) =>
        viewCase(await correctCase(room, await findMyCase(citizen.personId, params.id), body)),
    ),
    route(
      'POST',
      '/api/cases/:id/withdraw',
      { ...write, params: CaseParams, body: WithdrawRequest, answer: CaseView },
      async ({ citizen, params, body }) =>
        viewCase(await withdrawCase(room, await findMyCase(citizen.personId, params.id), body.reason)),
    ),
    /** A document of the result, fetched from 综合受理 and not kept. 503 `system_closed`. */
    route(
      'GET',
      '/api/cases/:id/documents/:documentId',
      { ...read, params: DocumentParams, answer: 'raw' },
      async ({ citizen, params, ctx }) => {
        const stored = await findMyCase(citizen.personId, params.id);
        const known = stored.result?.documents.some((each) => each.id === params.documentId);
        if (!known || !stored.caseNumber || !room.accept) throw new HallError(errors.fileUnknown);
        try {
          const asker = { kind: 'citizen', id: citizen.personId } as const;
          const found = await room.accept.document(stored.caseNumber, params.documentId, asker);
          ctx.set('Cache-Control', 'private, no-store');
          ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(found.name)}`);
          ctx.type = found.mime;
          ctx.body = found.bytes;
        } catch (error) {
          if (!(error instanceof GovernmentError)) throw error;
          throw new HallError(error.kind === 'refused' ? errors.fileUnknown : errors.systemClosed);
        }
      },
    ),
  ];
}

/** What may be uploaded at a place of the form. */
function acceptedAt(form: FormDefinition, slot: string): readonly KindOfFile[] {
  const material = form.materials.find((each) => each.seq === slot);
  if (material) return material.accept;
  const field = fieldsIn(form).find((each) => each.key === slot && each.kind === 'attachment');
  return field ? attachmentOptions.parse(field).accept : [];
}
