import type { MatterRecord } from '../../government/items/port.ts';
import { feeText, timeText } from './rules.ts';

/** What a later version says otherwise; of lists only the lines that differ. */
export interface Difference {
  readonly field: string;
  readonly before: string[];
  readonly after: string[];
}

type Lines = (record: MatterRecord) => readonly (string | null)[];

const audienceNames = { personal: '个人', enterprise: '法人' } as const;

const fields: Readonly<Record<string, Lines>> = {
  名称: ({ name }) => [name],
  部门: ({ department }) => [department],
  服务对象: ({ audiences }) => [audiences.map((each) => audienceNames[each]).join('、')],
  类型: ({ typeLabel }) => [typeLabel],
  法定时限: ({ legalTime }) => [timeText(legalTime)],
  承诺时限: ({ promisedTime }) => [timeText(promisedTime)],
  费用: ({ fees }) => [feeText(fees)],
  条件: ({ conditions }) => conditions,
  材料: ({ materials }) =>
    materials.map(({ name, needed, copies, note }) =>
      [name, needed ? '必要' : '非必要', copies && `${copies} 份`, note].filter(Boolean).join('，'),
    ),
  流程: ({ steps }) => steps,
  依据: ({ laws }) => laws,
  问答: ({ questions }) => questions.map(({ question, answer }) => `${question}：${answer}`),
  电话: ({ phone }) => [phone],
  地址: ({ address }) => [address],
  办公时间: ({ openingHours }) => [openingHours],
};

/** The differences between two versions, in the order staff read a guide. Empty: only something we do not show changed. */
export function compareVersions(before: MatterRecord, after: MatterRecord): Difference[] {
  const differences: Difference[] = [];
  for (const [field, lines] of Object.entries(fields)) {
    const [old, next] = [before, after].map((record) => lines(record).map((line) => line ?? '（空）'));
    const gone = old!.filter((line) => !next!.includes(line));
    const come = next!.filter((line) => !old!.includes(line));
    if (gone.length + come.length > 0) differences.push({ field, before: gone, after: come });
  }
  return differences;
}
