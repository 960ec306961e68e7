import type { Actor } from '../kit/systemGate.ts';

/** 咨询, 求助, 投诉, 举报, 意见建议 (GB/T 33358-2016, the Guangzhou rules). */
export type AppealKind = 'question' | 'help' | 'complaint' | 'report' | 'suggestion';

/**
 * Whom the platform may name. `secret` (保密): known to the platform, never told to the department that handles it. `anonymous`:
 * nobody is named to the platform at all, and nobody can be called back.
 */
export type AppealContact =
  | { readonly way: 'named' | 'secret'; readonly name: string; readonly phone: string }
  | { readonly way: 'anonymous' };

export interface Appeal {
  /** Ours (bizNo): by it we ask what became of a call without an answer. Twice the same: one appeal. */
  readonly ourNumber: string;
  readonly kind: AppealKind;
  /** At most 30 characters. */
  readonly title: string;
  /** 10–1,000 characters. */
  readonly text: string;
  /** Nine digits, a town or street office. */
  readonly townCode: string;
  readonly address: string;
  /** WGS-84 would be wrong here: GCJ-02, as WeChat's map gives it. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  readonly happenedAt: Date | null;
  readonly contact: AppealContact;
  /** At most nine `fileId`s of `upload`. */
  readonly files: readonly string[];
  /** The citizen agrees to publication. Never told for a 举报, whatever it says. */
  readonly mayBePublic: boolean;
  /** When the citizen pressed the button: the platform registers it at this time, however late it arrives. */
  readonly filedAt: Date;
}

export interface AppealReceipt {
  /** 诉求编号, 17 digits: beyond 2^53 some day, always a text. */
  readonly appealNumber: string;
  /** Six digits. */
  readonly queryCode: string;
}

/** The platform's states in our words; `unknown`: a code that did not exist when this was written. */
export type AppealStep =
  | 'pending' // 10 待受理
  | 'accepted' // 20 已受理
  | 'assigned' // 30 已转派
  | 'signedFor' // 35 已签收
  | 'handling' // 40 办理中
  | 'extensionAsked' // 45 申请延期
  | 'answered' // 50 已答复待审核
  | 'followUp' // 60 已办结待回访
  | 'closed' // 70 回访办结
  | 'refused' // 80 退回(不受理)
  | 'merged' // 90 合并件
  | 'redo' // 95 重办(不满意)
  | 'unknown';

/** One thing that happened to an appeal. The same from a callback and from a query. */
export interface AppealEvent {
  readonly appealNumber: string;
  /** Counts from 1 within the appeal, and is the only order: times may lie. */
  readonly seq: number;
  readonly step: AppealStep;
  /** The platform's own code, also where `step` is `unknown`. */
  readonly status: number;
  /** By the platform's clock. */
  readonly at: Date;
  readonly department: string | null;
  /** Plain text. Always empty where `master` is set: those are words about somebody else's appeal. */
  readonly text: string;
  /** Names of attachments; none where `master` is set. */
  readonly files: readonly string[];
  /** The appeal this one was merged into; on the merge itself and on all that follows the master. */
  readonly master: string | null;
}

export interface AppealReport {
  readonly appealNumber: string;
  /** Null: a kind this program does not know. */
  readonly kind: AppealKind | null;
  readonly title: string;
  readonly registeredAt: Date | null;
  /** 部门办理截止时间; null before it is accepted. */
  readonly dueAt: Date | null;
  /** Consent as the platform holds it; always false for a 举报 and for a kind that is not known. */
  readonly mayBePublic: boolean;
  /** All there are, in order. */
  readonly events: readonly AppealEvent[];
}

/** 满意, 基本满意, 不满意. */
export type Satisfaction = 'satisfied' | 'mostly' | 'dissatisfied';

/** Every change carries a number of ours: sent again it is one. */
interface AppealChange {
  readonly appealNumber: string;
  readonly queryCode: string;
  readonly ourNumber: string;
}

export interface AppealSupplement extends AppealChange {
  /** 1–1,000 characters. */
  readonly text: string;
  readonly files: readonly string[];
}
export interface AppealUrge extends AppealChange {
  /** At most 200 characters, may be empty. */
  readonly text: string;
}
export interface AppealRating extends AppealChange {
  readonly satisfaction: Satisfaction;
  /** At most 500 characters; the platform wants words for 不满意. */
  readonly text: string;
}

export interface AppealFile {
  /** Our own number of this file: the same file sent again is one file. */
  readonly ourFileNumber: string;
  readonly name: string;
  readonly mime: 'image/jpeg' | 'image/png' | 'application/pdf' | 'video/mp4';
  /** At most 5 MB. */
  readonly bytes: Buffer;
  readonly md5: string;
}

export interface KnowledgeEntry {
  readonly id: string;
  /** Rises with each change; a lower one is never right again. */
  readonly version: number;
  readonly title: string;
  readonly question: string;
  /** Plain text with line breaks. */
  readonly answer: string;
  readonly keywords: readonly string[];
  readonly department: string;
  /** Nine digits for a town, six for the district; '' where none was said. */
  readonly areaCode: string;
  /** Local days, both included; null: open. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly withdrawn: boolean;
  /** How often it was asked there. */
  readonly asked: number;
  readonly changedAt: Date | null;
}

export interface KnowledgeFeed {
  /** Highest version of each entry, also those that run out, are withdrawn or begin later: `knowledge.ts` says which may be shown. */
  readonly entries: readonly KnowledgeEntry[];
  /** When the platform said so; older than now when it is silent. */
  readonly at: Date;
  readonly fresh: boolean;
}

/**
 * 12345 (R5.2.3, R8.5). Every call names who asks, for the audit. Calls throw GovernmentError. `refused` has one of these codes:
 * `badAppeal` (the message says what), `notOurs` (comes under another number or authority), `tooManyFiles`, `fileTooLarge`,
 * `fileKind`, `fileDigest`, `unknownFile`, `unknownAppeal` (number or code is wrong: the platform does not say which), `notOpen` (not
 * in this state), `tooEarly` (urged before half of the time is over), `urgedToday`, `rated` (this answer has its rating), `other`.
 */
export interface Hotline {
  /** Never sent twice by itself: after silence ask `find` first. */
  create(appeal: Appeal, asker: Actor): Promise<AppealReceipt>;
  /** What became of our number; null: it never arrived. */
  find(ourNumber: string): Promise<AppealReceipt | null>;
  /** As the hall must do it after a silence: asks for our number, and creates only what is not there. */
  createOnce(appeal: Appeal, asker: Actor): Promise<AppealReceipt>;
  upload(file: AppealFile, asker: Actor): Promise<{ readonly fileId: string }>;
  query(appealNumber: string, queryCode: string, asker: Actor): Promise<AppealReport>;
  supplement(change: AppealSupplement, asker: Actor): Promise<void>;
  /** 催办: once a day, after half of the time. */
  urge(change: AppealUrge, asker: Actor): Promise<void>;
  /** `redo`: the platform has it done again (95), which happens once in an appeal's life. */
  rate(change: AppealRating, asker: Actor): Promise<{ readonly redo: boolean }>;
  /** What changed since; null: everything. */
  knowledge(since: Date | null): Promise<KnowledgeFeed>;
}

/** What a callback of theirs brought, its signature checked, the raw text kept. May come several times and in any order. */
export interface AppealCallback {
  readonly event: AppealEvent;
}
