import { cleanLine, cleanList, cleanText } from '../kit/cleanText.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { type Json, pick, pickList, pickText } from '../kit/tolerantJson.ts';
import type { MatterFile, MatterMaterial, MatterRecord, TimeLimit } from './port.ts';
import { typeLabelOf } from './typeCodes.ts';

const wrong = (what: string): GovernmentError =>
  new GovernmentError('items', 'down', `a matter without ${what}`, { code: 'shape' });

const line = (value: Json | undefined, name: string): string | null => {
  const text = cleanLine(pickText(value, name));
  return text === '' ? null : text;
};

/** Day and unit, with the words beside them; words without a number are kept as words. */
export function timeLimit(day: string | null, workdays: boolean, words: string | null): TimeLimit {
  const said = cleanLine(words);
  if (day === '0' || /^即(时)?办/.test(said) || said === '当场办结') return { kind: 'onTheSpot' };
  if (day !== null && /^\d{1,4}$/.test(day))
    return { kind: 'days', amount: Number(day), unit: workdays ? 'workday' : 'naturalday' };
  return said === '' ? null : { kind: 'words', text: said };
}

/** 「1」 without words is what the source writes where nobody filled it in. */
const timeDoubts = (day: string | null, words: string | null): string[] =>
  day === '1' && cleanLine(words) === '' ? ['承诺时限为 1 天且没有说明，可能未填写'] : [];

/** National exchange: `1`, `2`, `1,2`; portal: 「个人,法人,个体工商户」. */
export function audiencesFrom(text: string | null): ('personal' | 'enterprise')[] {
  const found: ('personal' | 'enterprise')[] = [];
  if (/(^|,)\s*1\b|个人|自然人/.test(text ?? '')) found.push('personal');
  if (/(^|,)\s*[2-9]\b|法人|企业|个体|组织|机关/.test(text ?? '')) found.push('enterprise');
  return found.length > 0 ? found : ['personal', 'enterprise'];
}

function proofsIn(materials: readonly MatterMaterial[]): MatterRecord['proofs'] {
  const names = materials.map(({ name }) => name).join('\n');
  return [
    ...(/不动产|房产|房屋权属/.test(names) ? (['property'] as const) : []),
    ...(/参保|社保|社会保险|缴费证明/.test(names) ? (['socialSecurity'] as const) : []),
  ];
}

const day = (text: string | null): string | null => {
  const digits = text?.replace(/\D/g, '').slice(0, 8) ?? '';
  return digits.length === 8 ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : null;
};

const identity = (code: string): Pick<MatterRecord, 'code' | 'type' | 'typeLabel' | 'departmentCode'> => ({
  code,
  type: code.slice(21, 23),
  typeLabel: typeLabelOf(code.slice(21, 23)),
  departmentCode: code.slice(0, 18),
});

const codeIn = (value: Json | undefined, name: string): string => {
  const code = pickText(value, name)?.toUpperCase() ?? '';
  if (!/^[0-9A-Z]{18}[1-6]\d{12}$/.test(code)) throw wrong('a code');
  return code;
};

const files = (name: string, guid: string | null): MatterFile[] =>
  guid === null ? [] : [{ name, address: guid }];

/** A row of the nightly exchange with its child tables. */
export function recordFromExchange(row: Json): MatterRecord {
  const code = codeIn(row, 'task_code');
  const name = line(row, 'task_name');
  const department = line(row, 'dept_name');
  if (!name || !department) throw wrong('a name');
  const materials = pickList(row, 'materials').map((each): MatterMaterial => {
    const label = line(each, 'material_name') ?? '材料';
    return {
      name: label,
      needed: pickText(each, 'is_need') !== '2',
      copies: Number(pickText(each, 'page_num')) || null,
      note: line(each, 'fill_explain') ?? line(each, 'fill_explian'), // misspelt in some deliveries
      blankForms: files(label, pickText(each, 'form_guid')),
      samples: files(label, pickText(each, 'example_guid')),
    };
  });
  const [promiseDay, explain] = [pickText(row, 'promise_day'), pickText(row, 'promise_explain')];
  return {
    ...identity(code),
    version: Number(pickText(row, 'task_version')) || 1,
    name,
    department,
    audiences: audiencesFrom(pickText(row, 'server_type')),
    legalTime: timeLimit(pickText(row, 'anticipate_day'), pickText(row, 'anticipate_type') !== '2', null),
    promisedTime: timeLimit(promiseDay, pickText(row, 'promise_type') !== '2', explain),
    doubts: timeDoubts(promiseDay, explain),
    conditions: cleanList(pickText(row, 'accept_condition')),
    materials,
    fees: pickList(row, 'fee_project').map((each) => ({
      name: line(each, 'fee_name') ?? '费用',
      standard: line(each, 'fee_stand') ?? '',
      law: line(each, 'by_law'),
    })),
    steps: cleanList(pickText(row, 'handle_flow')),
    laws: cleanList(pickText(row, 'by_law')),
    questions: pickList(row, 'questions').flatMap((each) => {
      const [question, answer] = [line(each, 'question'), cleanText(pickText(each, 'answer'))];
      return question && answer ? [{ question, answer }] : [];
    }),
    phone: line(row, 'link_way'),
    address: line(row, 'transact_addr'),
    openingHours: line(row, 'transact_time'),
    situations: Math.max(1, Number(pickText(row, 'limit_scene_num')) || 1),
    proofs: proofsIn(materials),
    effectiveOn: day(pickText(row, 'plan_effective_date')),
    cancelledOn: day(pickText(row, 'plan_cancel_date')),
    operation: pickText(row, 'cd_operation') === 'D' ? 'delete' : 'upsert',
  };
}

/** The portal's answer about one matter; null for its 「未找到匹配的信息」. */
export function recordFromPortal(answer: Json): MatterRecord | null {
  const item = pick(answer, 'AUDIT_ITEM');
  if (item === undefined) {
    if (pickText(answer, 'errCode') !== null) return null;
    throw wrong('AUDIT_ITEM');
  }
  const code = codeIn(item, 'TASK_CODE');
  const name = line(item, 'CATANAME');
  if (!name) throw wrong('a name');
  const attached = (each: Json, key: string): MatterFile[] =>
    pickList(each, key).flatMap((file) => {
      const address = pickText(file, 'FILEPATH');
      return address === null ? [] : [{ name: line(file, 'ATTACHNAME') ?? '附件', address }];
    });
  const materials = pickList(answer, 'AUDIT_MATERIAL').map(
    (each): MatterMaterial => ({
      name: line(each, 'MATERIAL_NAME') ?? '材料',
      needed: pickText(each, 'IS_NEED_TEXT') !== '非必要',
      copies: Number(pickText(each, 'PAGE_NUM')) || null,
      note: line(each, 'FILL_EXPLAIN') ?? line(each, 'FILL_EXPLIAN'),
      blankForms: attached(each, 'FORM_GUID'),
      samples: attached(each, 'EXAMPLE_GUID'),
    }),
  );
  const [promiseDay, explain] = [pickText(item, 'PROMISE_DAY'), pickText(item, 'PROMISE_EXPLAIN')];
  return {
    ...identity(code),
    version: Number(pickText(item, 'TASK_VERSION')) || 1,
    name,
    department: line(item, 'DEPT_NAME') ?? '',
    audiences: audiencesFrom(pickText(item, 'SERVE_TYPE_TEXT')),
    legalTime: timeLimit(
      pickText(item, 'ANTICIPATE_DAY'),
      pickText(item, 'ANTICIPATE_TYPE_TEXT') !== '自然日',
      null,
    ),
    promisedTime: timeLimit(promiseDay, pickText(item, 'PROMISE_TYPE_TEXT') !== '自然日', explain),
    doubts: timeDoubts(promiseDay, explain),
    conditions: cleanList(pickText(item, 'ACCEPT_CONDITION')),
    materials,
    fees: [],
    steps: cleanList(pickText(item, 'CKBLLC')),
    laws: pickList(item, 'LAW').map(
      (law) => `《${line(law, 'LAWNAME') ?? ''}》${line(law, 'TERMSNUMBER') ?? ''}`,
    ),
    questions: pickList(answer, 'AUDIT_QA').flatMap((each) => {
      const [question, text] = [line(each, 'QUESTION'), cleanText(pickText(each, 'ANSWER'))];
      return question && text ? [{ question, answer: text }] : [];
    }),
    phone: line(item, 'LINK_TEL'),
    address: line(pickList(answer, 'AUDIT_CATALOG_LOBBY')[0], 'ADDRESS'),
    openingHours: null,
    situations: 1,
    proofs: proofsIn(materials),
    effectiveOn: null,
    cancelledOn: null,
    operation: 'upsert',
  };
}
