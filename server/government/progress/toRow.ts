import { writeBeijingTime } from '../kit/beijingTime.ts';
import type { FrontRow } from '../kit/frontTable.ts';
import type { CaseEvent } from './caseEvent.ts';
import {
  acceptVerdicts,
  applicantKinds,
  channels,
  closings,
  codeFor,
  collections,
  preReviewVerdicts,
  stages,
  timeColumn,
} from './columns.ts';

/** An event of ours as a row of the exchange set; the opposite of `eventFromRow`. */
export function rowFromEvent(event: CaseEvent): FrontRow {
  const row: Record<string, string | null | undefined> = {
    SBLSH_SHORT: event.caseNumber,
    SXBM: event.matterCode,
    XH: event.key.split('/')[2],
    ...columnsOf(event),
    [timeColumn[event.table]]: writeBeijingTime(event.at),
    VERSION: String(event.version),
  };
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value]],
    ),
  );
}

function columnsOf(event: CaseEvent): Record<string, string | null | undefined> {
  switch (event.step) {
    case 'applied':
      return {
        SXMC: event.matterName,
        SXQXBM: event.situation,
        SQRLX: codeFor(applicantKinds, event.applicant.kind),
        SQRMC: event.applicant.name,
        SQRZJHM: event.applicant.idNumber,
        LXRXM: event.contact.name,
        LXRSJ: event.contact.phone,
        WSSBQD: codeFor(channels, event.channel),
        USERIDCODE: event.userIdCode,
        SBHZH: event.receiptNumber,
      };
    case 'material':
      return { STUFF_SEQ: event.material, CLMC: event.name, ATTACH_SIGN: event.md5 };
    case 'preReviewed':
      return { YSLZTDM: codeFor(preReviewVerdicts, event.verdict), YSLYY: event.reason };
    case 'accepted':
      return {
        SLZTDM: codeFor(acceptVerdicts, event.verdict),
        BSLYY: event.reason,
        YWLSH: event.businessNumber,
        YWCXMM: event.queryCode,
        SLHZH: event.receiptNumber,
        BJCKMC: event.window,
        BJDTBM: event.hallCode,
      };
    case 'examined':
      return { SPHJDM: codeFor(stages, event.stage), SPYJ: event.opinion };
    case 'correctionAsked':
      return {
        BZGZYY: event.reason,
        BQBZCLBM: event.materials.join(','),
        BZZD: event.fields.join(','),
        BZCLQD: event.list,
        PATCH_TIMELIMIT: event.limitDays === null ? null : String(event.limitDays),
      };
    case 'correctionTaken':
      return {};
    case 'specialBegun':
      return {
        TBCXZL: event.kind === 'unknown' ? null : event.kind,
        TBCXMC: event.name,
        TBCXSX: String(event.limit?.days ?? 0),
        TBCXSXDW: event.limit?.unit === 'natural' ? 'Z' : 'G',
        TBCXQDLY: event.reason,
        TBCXPZR: event.approvedBy,
      };
    case 'specialEnded':
      return { TBCXJG: event.result };
    case 'result':
      return { SPJGFJ: JSON.stringify(event.documents), ZZBS: event.licenceCode };
    case 'closed':
      return {
        BJJGDM: codeFor(closings, event.verdict),
        BJJGMS: event.words,
        ZJBH: event.certificateNumber,
        ZJYXQX: event.validUntil,
      };
    case 'collected':
      return { LQFS: codeFor(collections, event.way), LQRXM: event.by, YJDH: event.trackingNumber };
  }
}
