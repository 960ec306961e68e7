import { z } from 'zod';

const Id = z.string().regex(/^[0-9A-Z]{26}$/);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Key = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/);
const Answers = z.record(Key, z.unknown());
const Situation = z.record(Key, z.string().max(40));

/** A case's place in its life; `caseStates` of the server. */
export const CaseState = z.enum([
  'sending',
  'toConfirm',
  'submitted',
  'preReviewed',
  'correctionBefore',
  'accepted',
  'examining',
  'correctionExamining',
  'special',
  'refused',
  'closed',
  'collected',
  'withdrawn',
]);
export type CaseState = z.infer<typeof CaseState>;

/** Where a material stands, or who replaces it. */
export const MaterialChoice = z.discriminatedUnion('way', [
  z.object({ way: z.literal('files'), files: z.array(Id).max(20) }),
  z.object({ way: z.literal('licence'), code: z.string().max(120), name: z.string().max(80) }),
  z.object({ way: z.literal('later') }),
]);
export type MaterialChoice = z.infer<typeof MaterialChoice>;
const Materials = z.record(z.string().max(20), MaterialChoice);

export const Delivery = z.discriminatedUnion('way', [
  z.object({ way: z.literal('pickUp') }),
  z.object({
    way: z.literal('post'),
    name: z.string().trim().min(2).max(40),
    phone: z.string().regex(/^1[3-9]\d{9}$/),
    text: z.string().trim().min(5).max(100),
  }),
]);
export type Delivery = z.infer<typeof Delivery>;
/** The same while it is typed. */
export const TypedDelivery = z.discriminatedUnion('way', [
  z.object({ way: z.literal('pickUp') }),
  z.object({
    way: z.literal('post'),
    name: z.string().max(100),
    phone: z.string().max(100),
    text: z.string().max(200),
  }),
]);
export type TypedDelivery = z.infer<typeof TypedDelivery>;

export const UploadState = z.enum(['uploading', 'scanning', 'clean', 'infected']);
export const FileView = z.object({
  id: Id,
  /** The material's seq or the field's key. */
  slot: z.string(),
  name: z.string(),
  size: z.number(),
  mime: z.string().nullable(),
  state: UploadState,
  stateLabel: z.string(),
  /** Parts that have arrived, for resuming. */
  parts: z.array(z.number()),
  partSize: z.number(),
  /** Opens the file for some minutes; null until it is clean. */
  link: z.string().nullable(),
});
export type FileView = z.infer<typeof FileView>;
export const BeginUpload = z.object({
  draftId: Id,
  slot: z.string().min(1).max(40),
  name: z.string().min(1).max(100),
  size: z.number().int().min(1),
  /** Made by the phone: beginning again with it resumes. */
  uploadId: Id,
});
export const FileParams = z.object({ id: Id });
export const PartParams = z.object({ id: Id, number: z.coerce.number().int().min(0).max(99) });
export const LinkQuery = z.object({ until: z.coerce.number().int(), sign: z.string().max(100) });

/** The definition as published; `forms/definition.ts` reads it. */
const Form = z.record(z.string(), z.unknown());

export const ApplyView = z.object({
  matter: z.object({ id: z.string(), name: z.string(), department: z.string() }),
  form: Form,
  /** Open drafts of this matter, newest first. */
  drafts: z.array(z.object({ id: Id, savedAt: z.string() })),
});
export type ApplyView = z.infer<typeof ApplyView>;
export const Offered = z.object({ available: z.boolean() });
export type Offered = z.infer<typeof Offered>;
export const ApplyParams = z.object({ matterId: z.string().max(40) });

/** Two devices wrote one field: nothing is thrown away. */
export const Conflict = z.object({ key: z.string(), kept: z.unknown(), other: z.unknown() });
export type Conflict = z.infer<typeof Conflict>;
export const DraftView = z.object({
  id: Id,
  revision: z.number(),
  matter: z.object({ id: z.string(), name: z.string(), department: z.string() }),
  form: Form,
  situation: Situation,
  answers: Answers,
  materials: Materials,
  delivery: TypedDelivery.nullable(),
  files: z.array(FileView),
  /** Of this save; [] when nobody else wrote. */
  conflicts: z.array(Conflict),
  savedAt: z.string(),
  /** The form has a newer version; the draft moves to it when it is submitted. */
  newerForm: z.boolean(),
  /** The case it became; null while it is a draft. */
  caseId: Id.nullable(),
});
export type DraftView = z.infer<typeof DraftView>;
export const BeginDraft = z.object({ matterId: z.string().max(40), draftId: Id });
export const SaveDraft = z.object({
  /** The revision the phone had; fields that others wrote after it are conflicts. */
  base: z.number().int().min(0),
  answers: Answers.default({}),
  situation: Situation.default({}),
  materials: Materials.default({}),
  delivery: TypedDelivery.nullable().optional(),
});
export type SaveDraft = z.input<typeof SaveDraft>;
export const DraftParams = z.object({ id: Id });
export const DraftRow = z.object({ id: Id, matter: z.string(), savedAt: z.string() });
export const DraftList = z.object({ drafts: z.array(DraftRow) });
export type DraftList = z.infer<typeof DraftList>;

/** The consent to read identity and licences for this form. */
export const PrefillRequest = z.object({ consentVersion: z.string().max(20) });
export const PrefillAnswer = z.object({
  answers: Answers,
  licences: z.array(
    z.object({ type: z.string(), code: z.string(), name: z.string(), validUntil: z.string().nullable() }),
  ),
  /** Licences could not be asked for now. */
  licencesDown: z.boolean(),
});
export type PrefillAnswer = z.infer<typeof PrefillAnswer>;

export const SubmitRequest = z.object({ revision: z.number().int().min(0) });
export const CaseParams = z.object({ id: Id });
export const CaseCard = z.object({
  id: Id,
  matter: z.string(),
  state: CaseState,
  /** One of the nine words of the citizen: 「待补正」. */
  word: z.string(),
  /** What to do or expect, in a sentence. */
  tip: z.string(),
  caseNumber: z.string().nullable(),
  submittedAt: z.string(),
  needsMe: z.boolean(),
});
export type CaseCard = z.infer<typeof CaseCard>;
export const CaseList = z.object({ cases: z.array(CaseCard), next: z.string().nullable() });
export type CaseList = z.infer<typeof CaseList>;
export const CasesQuery = z.object({ before: Id.optional() });

export const TimelineStep = z.object({
  at: z.string(),
  word: z.string(),
  text: z.string(),
  /** Not reported by the office, but it must have happened. */
  implied: z.boolean(),
});
export const Correction = z.object({
  /** Our number of this correction. */
  key: z.string(),
  reason: z.string().nullable(),
  fields: z.array(z.string()),
  materials: z.array(z.string()),
  /** The last day. */
  until: Day.nullable(),
  /** It was sent and waits for the office. */
  sent: z.boolean(),
});
export type Correction = z.infer<typeof Correction>;
export const CaseView = CaseCard.extend({
  /** Where files of a correction are uploaded to. */
  draftId: Id,
  department: z.string(),
  queryCode: z.string().nullable(),
  form: Form,
  situation: Situation,
  answers: Answers,
  materials: Materials,
  files: z.array(FileView),
  delivery: Delivery.nullable(),
  timeline: z.array(TimelineStep),
  correction: Correction.nullable(),
  /** The promised last day; null before acceptance and while the clock stands. */
  dueDay: Day.nullable(),
  paused: z.boolean(),
  result: z
    .object({
      granted: z.boolean().nullable(),
      words: z.string().nullable(),
      certificateNumber: z.string().nullable(),
      licenceCode: z.string().nullable(),
      trackingNumber: z.string().nullable(),
      documents: z.array(z.object({ id: z.string(), name: z.string() })),
    })
    .nullable(),
  mayWithdraw: z.boolean(),
  /** Why the acceptance system did not take it. */
  problem: z.string().nullable(),
});
export type CaseView = z.infer<typeof CaseView>;
export const CorrectRequest = z.object({ key: z.string().max(120), answers: Answers, materials: Materials });
export const WithdrawRequest = z.object({ reason: z.string().trim().min(2).max(100) });
export const DocumentParams = z.object({ id: Id, documentId: z.string().max(80) });

export const applicationsErrors = {
  noForm: {
    id: 'applications.no_form',
    status: 404,
    message: '这个事项还不能在手机上申办，可以预约到窗口办理。',
  },
  draftUnknown: {
    id: 'applications.draft_unknown',
    status: 404,
    message: '没有找到这份草稿，可能已经提交或删除。',
  },
  caseUnknown: { id: 'applications.case_unknown', status: 404, message: '没有找到这个办件。' },
  draftChanged: {
    id: 'applications.draft_changed',
    status: 409,
    message: '这份草稿刚在另一台设备上改过，请看一遍再提交。',
  },
  /** `details.errors`: message by field. */
  notComplete: { id: 'applications.not_complete', status: 422, message: '还有内容没填好，请看标出的地方。' },
  formChanged: {
    id: 'applications.form_changed',
    status: 409,
    message: '表格有了新版本，已保留您填的内容，请核对后再提交。',
  },
  notOpen: { id: 'applications.not_open', status: 409, message: '现在不需要补正，请刷新后再看。' },
  tooLate: { id: 'applications.too_late', status: 409, message: '已经有了办理结果，不能再撤回。' },
  fileUnknown: { id: 'applications.file_unknown', status: 404, message: '没有找到这个文件，请重新上传。' },
  fileTooLarge: {
    id: 'applications.file_too_large',
    status: 413,
    message: '文件太大，请换一个 5 MB 以内的文件。',
  },
  fileName: {
    id: 'applications.file_name',
    status: 400,
    message: '文件名里有不能用的符号或太长，请改名后再传。',
  },
  fileKind: { id: 'applications.file_kind', status: 415, message: '不支持这种文件，请上传照片或 PDF。' },
  fileIncomplete: {
    id: 'applications.file_incomplete',
    status: 409,
    message: '文件还没有传完，请继续上传。',
  },
  fileUnsafe: {
    id: 'applications.file_unsafe',
    status: 422,
    message: '这个文件没有通过安全检查，请换一个文件。',
  },
  tooManyFiles: { id: 'applications.too_many_files', status: 409, message: '文件太多了，请先删掉不用的。' },
  linkEnded: { id: 'applications.link_ended', status: 403, message: '链接已过期，请回到页面重新打开。' },
  systemClosed: {
    id: 'applications.system_closed',
    status: 503,
    message: '办理系统正在维护，您的内容已保存，请稍后再试。',
  },
} as const;
