import { writeBeijingTime } from '../kit/beijingTime.ts';
import { encodeText } from '../kit/encoding.ts';
import type { CorrectionToSend, Submission, SubmittedMaterial } from './port.ts';

/** A submission in the system's own names, before it is signed. */
export interface SubmissionBody {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Characters of names that were replaced because GBK lacks them. */
  readonly lost: readonly string[];
}

const kinds = { person: '1', firm: '2', other: '3' } as const;

/**
 * The system keeps names in GBK columns: a rare character goes as 〓, and RGHC asks a person there to check (人工核). The answers of the
 * form travel as JSON and lose nothing.
 */
export function submissionBody(submission: Submission): SubmissionBody {
  const lost: string[] = [];
  const safe = (name: string): string => {
    const encoded = encodeText(name, 'gbk');
    if (encoded.lost.length === 0) return name;
    lost.push(...encoded.lost);
    return [...name].map((character) => (encoded.lost.includes(character) ? '〓' : character)).join('');
  };
  const { applicant, agent, delivery } = submission;
  const body = {
    bizNo: submission.ourNumber,
    taskCode: submission.matterCode,
    formId: submission.form.formId,
    formVersion: submission.form.version,
    situation: submission.situation ?? '',
    applicant: {
      SQRLX: kinds[applicant.kind],
      SQRMC: safe(applicant.name),
      SQRZJLX: applicant.idType,
      SQRZJHM: applicant.idNumber,
      USERIDCODE: applicant.userIdCode ?? '',
    },
    agent: {
      LXRXM: safe(agent.name),
      LXRZJLX: agent.idType,
      LXRSFZJHM: agent.idNumber,
      LXRSJ: agent.phone,
    },
    WSSBQD: '3',
    OBTAIN_PAPER_WAY: delivery.way === 'post' ? '1' : '0',
    delivery: delivery.address
      ? {
          SJRXM: safe(delivery.address.name),
          SJRDH: delivery.address.phone,
          SJDZ: safe(delivery.address.text),
        }
      : {},
    form: submission.answers,
    materials: submission.materials.map(materialFields),
    submitTime: writeBeijingTime(submission.submittedAt),
  };
  const unique = [...new Set(lost)];
  return { fields: { ...body, RGHC: unique.length > 0 ? '1' : '0' }, lost: unique };
}

export const correctionBody = (correction: CorrectionToSend): Readonly<Record<string, unknown>> => ({
  sblshShort: correction.caseNumber,
  bzNo: correction.ourCorrectionNumber,
  form: correction.answers,
  materials: correction.materials.map(materialFields),
  submitTime: writeBeijingTime(correction.submittedAt),
});

/** CLLX 2 电子件, WJLX 1 电子 0 纸质. */
export function materialFields({ seq, name, way }: SubmittedMaterial): Record<string, string> {
  const common = { STUFF_SEQ: seq, CLMC: name };
  switch (way.kind) {
    case 'file':
      return {
        ...common,
        CLLX: '2',
        WJLX: '1',
        fileId: way.fileId,
        ATTACH_NAME: way.fileName,
        ATTACH_SIGN: way.md5,
        SM3: way.sm3,
      };
    case 'licence':
      return { ...common, CLLX: '2', WJLX: '1', LICENCE_CODE: way.licenceCode, AUTH_CODE: way.authCode };
    case 'paper':
      return { ...common, CLLX: '0', WJLX: '0' };
    case 'later':
      return { ...common, CLLX: '0', WJLX: '1', NEED_LATER: '1' };
  }
}
