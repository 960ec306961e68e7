import { createHash } from 'node:crypto';
import type { AcceptSystem, Submission, SubmittedMaterial } from '../port.ts';

type Raw = Readonly<Record<string, unknown>>;

/** Answers that every office would take, by kind of field; for the definitions of the stand-in. */
const answerFor: Readonly<Record<string, (field: Raw) => unknown>> = {
  text: () => '示例文字',
  longText: (field) =>
    '经过如实写明，材料真实有效。'.repeat(Math.ceil(Number(field['minLength'] ?? 1) / 14) || 1),
  number: (field) => Math.max(1, Number(field['min'] ?? 1)),
  money: (field) => Math.max(10_000, Number(field['minFen'] ?? 0)),
  date: () => '2026-11-20',
  dateRange: () => ({ from: '2026-10-01', to: '2026-11-01' }),
  idNumber: () => '440118199001010019',
  name: () => '王小明',
  uscc: () => '91440118MA9X000111',
  plate: () => '粤A12345',
  email: () => 'wang@example.com',
  phone: () => '13800000001',
  address: () => ({ town: '440118001', detail: '示例路1号' }),
  choice: (field) => (field['choices'] as { code: string }[])[0]!.code,
  choices: (field) => [(field['choices'] as { code: string }[])[0]!.code],
  yesNo: () => false,
  codeList: (field) => (field['codes'] as { code: string }[])[0]!.code,
  licence: () => ({ code: '1.2.156.3005.2.example', name: '证照' }),
  table: (field) => [
    Object.fromEntries(
      (field['columns'] as Raw[]).map((column) => [
        column['key'],
        answerFor[String(column['kind'])]!(column),
      ]),
    ),
  ],
  bankAccount: () => ({ holder: '王小明', bank: '示例银行', number: '6222020000000000007' }),
  statement: (field) => ({ agreed: true, textVersion: field['textVersion'] }),
};

/** A complete submission of a form: first options of all situations, conditions of fields followed, each material by paper or file. */
export async function filled(
  accept: AcceptSystem,
  matterCode: string,
  ourNumber: string,
  changes: Partial<Submission> = {},
): Promise<Submission> {
  const form = await accept.form(matterCode, null);
  const definition = form.definition as {
    situations?: { code: string; options: { code: string }[] }[];
    sections: { fields: Raw[] }[];
    materials: Raw[];
  };
  const chosen = Object.fromEntries(
    (definition.situations ?? []).map((each) => [each.code, each.options[0]!.code]),
  );
  const answers: Record<string, unknown> = {};
  for (const field of definition.sections.flatMap((section) => section.fields)) {
    const kind = String(field['kind']);
    if (
      kind === 'notice' ||
      kind === 'calculated' ||
      !holds(field['showIf'] as Raw | undefined, answers, chosen)
    )
      continue;
    answers[String(field['key'])] = answerFor[kind]!(field);
  }
  const situation = Object.entries(chosen)
    .map((each) => each.join('='))
    .join(';');
  return {
    ourNumber,
    matterCode,
    matterName: form.matterName,
    form: { formId: form.formId, version: form.version },
    situation: situation || null,
    applicant: {
      kind: 'person',
      name: '王小明',
      idType: '10',
      idNumber: '440118199001010019',
      userIdCode: '0f3c9a',
    },
    agent: { name: '王小明', idType: '10', idNumber: '440118199001010019', phone: '13800000001' },
    answers,
    materials: definition.materials
      .filter((each) => holds(each['showIf'] as Raw | undefined, answers, chosen))
      .map((each) => ({ seq: String(each['seq']), name: String(each['name']), way: { kind: 'paper' } })),
    delivery: { way: 'pickUp', address: null },
    submittedAt: new Date('2026-11-25T02:00:00Z'),
    ...changes,
  };
}

function holds(condition: Raw | undefined, answers: Raw, chosen: Readonly<Record<string, string>>): boolean {
  if (!condition) return true;
  if ('situation' in condition) return chosen[String(condition['situation'])] === condition['is'];
  const value = answers[String(condition['field'])];
  return Array.isArray(value) ? value.includes(condition['is']) : value === condition['is'];
}

export const fileOf = (
  text: string,
  name = '申请书.pdf',
): { name: string; mime: string; bytes: Buffer; md5: string; sm3: string } => {
  const bytes = Buffer.from(`%PDF-1.4\n${text}`);
  const of = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  return { name, mime: 'application/pdf', bytes, md5: of('md5'), sm3: of('sm3') };
};

export const fileMaterial = (
  seq: string,
  fileId: string,
  file: { readonly name: string; readonly md5: string; readonly sm3: string },
): SubmittedMaterial => ({
  seq,
  name: seq,
  way: { kind: 'file', fileId, fileName: file.name, md5: file.md5, sm3: file.sm3 },
});
