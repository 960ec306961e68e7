import { localDay, localTime } from '../core/localTime.ts';
import { mostFiles } from './files.ts';
import { checkAnswers, checkMaterials, type KnownForm } from './forms.ts';
import { write } from './life.ts';
import { type AcceptCase, type Material, Refusal, type StoredFile } from './shapes.ts';

type Fields = Record<string, unknown>;

const textOf = (fields: Fields | undefined, name: string): string => {
  const value = fields?.[name];
  return typeof value === 'string' ? value : '';
};
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export interface Intake {
  now: Date;
  serial: (kind: string) => number;
  form: (taskCode: string, version: number | null) => KnownForm | undefined;
  file: (id: string) => StoredFile | undefined;
}

/** Checks a submission as the system does, and opens the case with its first rows. Throws Refusal. */
export function openCase(body: Fields, { now, serial, form, file }: Intake): AcceptCase {
  const taskCode = textOf(body, 'taskCode');
  const known = form(taskCode, null);
  if (!known) throw new Refusal(4001, '事项不存在或不可网上申办');
  const version = Number(body['formVersion']);
  const frozen = form(taskCode, version);
  if (!frozen || textOf(body, 'formId') !== frozen.formId) throw new Refusal(4002, '表单版本已失效');
  const applicant = fieldsOf(body['applicant']);
  const agent = fieldsOf(body['agent']);
  for (const name of ['SQRLX', 'SQRMC', 'SQRZJLX', 'SQRZJHM'])
    if (textOf(applicant, name) === '') throw new Refusal(4003, `申请人信息不完整：${name}`);
  for (const name of ['LXRXM', 'LXRSJ'])
    if (textOf(agent, name) === '') throw new Refusal(4003, `联系人信息不完整：${name}`);
  const answers = fieldsOf(body['form']);
  const situation = textOf(body, 'situation');
  checkAnswers(frozen, answers, situation);
  const materials = materialsOf(body['materials'], file);
  checkMaterials(frozen, materials, situation, answers);
  const day = localDay(now).replaceAll('-', '');
  const count = String(serial(`case/${day}`)).padStart(6, '0');
  const opened: AcceptCase = {
    bizNo: textOf(body, 'bizNo'),
    sblsh: `${taskCode}${day}${count}`,
    sblshShort: `440118${day}${count}`,
    queryCode: String(100_000 + ((serial('code') * 7919 + 482_913) % 900_000)),
    taskCode,
    taskName: frozen.matterName,
    formId: frozen.formId,
    formVersion: version,
    situation,
    applicant: {
      kind: textOf(applicant, 'SQRLX'),
      name: textOf(applicant, 'SQRMC'),
      idType: textOf(applicant, 'SQRZJLX'),
      idNumber: textOf(applicant, 'SQRZJHM'),
      userIdCode: textOf(applicant, 'USERIDCODE'),
    },
    agent: { name: textOf(agent, 'LXRXM'), phone: textOf(agent, 'LXRSJ') },
    checkByHand: textOf(body, 'RGHC') === '1',
    answers,
    materials,
    delivery: { way: textOf(body, 'OBTAIN_PAPER_WAY'), address: textOf(fieldsOf(body['delivery']), 'SJDZ') },
    stage: 'submitted',
    before: 'submitted',
    examined: 0,
    correctionsAfterAcceptance: 0,
    correctionUntil: null,
    supplements: [],
    documents: [],
    licenceCode: '',
    trackingNumber: '',
    byHand: false,
    lastActAt: now.toISOString(),
    rows: [],
  };
  const at = localTime(now);
  write(opened, 'EX_GDBS_SB', {
    SBLSH: opened.sblsh,
    SXMC: opened.taskName,
    SXQXBM: situation,
    SQRLX: opened.applicant.kind,
    SQRMC: opened.applicant.name,
    SQRZJLX: opened.applicant.idType,
    SQRZJHM: opened.applicant.idNumber,
    LXRXM: opened.agent.name,
    LXRSJ: opened.agent.phone,
    WSSBQD: textOf(body, 'WSSBQD'),
    OBTAIN_PAPER_WAY: opened.delivery.way,
    USERIDCODE: opened.applicant.userIdCode,
    SBHZH: `SB${opened.sblshShort}`,
    SBSJ: at,
  });
  for (const each of materials) materialRow(opened, each, at);
  return opened;
}

const materialRow = (opened: AcceptCase, material: Material, at: string): void => {
  write(opened, 'EX_GDBS_SBCL', {
    STUFF_SEQ: material.seq,
    CLMC: material.name,
    WJLX: material.way === 'paper' ? '0' : '1',
    CLLX: material.way === 'paper' ? '0' : '2',
    ATTACH_NAME: material.fileName,
    ATTACH_SIGN: material.md5,
    CLSJ: at,
  });
};

/** The mended fields and materials take the place of the old ones. */
export function mergeSupplement(
  found: AcceptCase,
  body: Fields,
  intake: Pick<Intake, 'file' | 'form' | 'now'>,
): void {
  const materials = materialsOf(body['materials'], intake.file);
  const answers = { ...found.answers, ...fieldsOf(body['form']) };
  const form = intake.form(found.taskCode, found.formVersion);
  const merged = [
    ...found.materials.filter(({ seq }) => !materials.some((each) => each.seq === seq)),
    ...materials,
  ];
  if (form) {
    checkAnswers(form, answers, found.situation);
    checkMaterials(form, merged, found.situation, answers);
  }
  found.answers = answers;
  found.materials = merged;
  for (const each of materials) materialRow(found, each, localTime(intake.now));
}

function materialsOf(value: unknown, file: Intake['file']): Material[] {
  const list = (Array.isArray(value) ? value : []).map(fieldsOf);
  if (list.filter((each) => textOf(each, 'fileId') !== '').length > mostFiles)
    throw new Refusal(4102, '文件不能超过20个');
  return list.map((each): Material => {
    const fileId = textOf(each, 'fileId');
    const licenceCode = textOf(each, 'LICENCE_CODE');
    if (fileId !== '') {
      const stored = file(fileId);
      if (!stored) throw new Refusal(4105, '文件不存在或已过期');
      if (
        stored.md5 !== textOf(each, 'ATTACH_SIGN').toLowerCase() ||
        stored.sm3 !== textOf(each, 'SM3').toLowerCase()
      )
        throw new Refusal(4104, '文件校验不一致');
    }
    if (licenceCode !== '' && textOf(each, 'AUTH_CODE') === '') throw new Refusal(4003, '缺少用证码');
    const way =
      fileId !== ''
        ? 'file'
        : licenceCode !== ''
          ? 'licence'
          : textOf(each, 'WJLX') === '0'
            ? 'paper'
            : 'later';
    return {
      seq: textOf(each, 'STUFF_SEQ'),
      name: textOf(each, 'CLMC'),
      way,
      fileId,
      fileName: textOf(each, 'ATTACH_NAME'),
      md5: textOf(each, 'ATTACH_SIGN'),
      licenceCode,
    };
  });
}
