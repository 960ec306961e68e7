import type { Row } from '../accept/shapes.ts';

const steps: readonly (readonly [table: string, time: string, words: string])[] = [
  ['EX_GDBS_SB', 'SBSJ', '申办'],
  ['EX_GDBS_WSYSL', 'YSLSJ', '网上预受理'],
  ['EX_GDBS_BZGZ', 'BZGZSJ', '补正告知'],
  ['EX_GDBS_BZSL', 'BZSLSJ', '补正受理'],
  ['EX_GDBS_SL', 'SLSJ', '受理'],
  ['EX_GDBS_SPCL', 'SPSJ', '审批'],
  ['EX_GDBS_TBCXSQ', 'TBCXSQSJ', '特别程序申请'],
  ['EX_GDBS_TBCXJG', 'TBCXJSSJ', '特别程序结果'],
  ['EX_GDBS_BJ', 'BJSJ', '办结'],
  ['EX_GDBS_LQDJ', 'LQSJ', '领取登记'],
];
const states: Readonly<Record<string, string>> = {
  申办: '已申办',
  网上预受理: '已预受理',
  补正告知: '待补正',
  补正受理: '已补正',
  受理: '已受理',
  审批: '审批中',
  特别程序申请: '特别程序',
  特别程序结果: '审批中',
  办结: '已办结',
  领取登记: '已领取',
};

/** 王*明, 张*; a firm's name keeps its first and last character. */
export const maskedName = (name: string): string => {
  const all = [...name];
  return all.length <= 2 ? `${all[0] ?? ''}*` : `${all[0]}*${all.at(-1)}`;
};

/** How the portal shows a case: the steps by time, and the last one's words. */
export function portalView(rows: readonly Row[]): Record<string, unknown> {
  const applied = rows.find(({ table }) => table === 'EX_GDBS_SB')?.fields ?? {};
  const done = rows
    .flatMap(({ table, fields }) => {
      const step = steps.find(([name]) => name === table);
      return step ? [{ hjmc: step[2], sj: fields[step[1]] ?? '' }] : [];
    })
    .sort((a, b) => (a.sj < b.sj ? -1 : a.sj > b.sj ? 1 : 0));
  return {
    sblsh: applied['SBLSH_SHORT'],
    sxmc: applied['SXMC'],
    sqrmc: maskedName(applied['SQRMC'] ?? ''),
    sbsj: applied['SBSJ'],
    zt: states[done.at(-1)?.hjmc ?? ''] ?? '已申办',
    cnbjsj: '-1',
    steps: done,
  };
}
