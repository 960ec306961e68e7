import type { Row } from '../accept/shapes.ts';
import { localDay, localTime } from '../core/localTime.ts';

interface Demo {
  serial: number;
  daysAgo: number;
  code: string;
  name: string;
  applicant: { kind: string; name: string; idType: string; idNumber: string };
  phone: string;
  /** How far the counter has come. */
  until: 'applied' | 'accepted' | 'examined' | 'correction' | 'special' | 'closed';
}

/** Cases that were handed in at a counter or in another app, never through this hall. All people are synthetic. */
const demo: readonly Demo[] = [
  {
    serial: 900_101,
    daysAgo: 6,
    code: '11440118MB2X0016XH4440731411000',
    name: '居住证签注',
    applicant: { kind: '1', name: '王小明', idType: '10', idNumber: '440118199001010019' },
    phone: '13800000001',
    until: 'closed',
  },
  {
    serial: 900_102,
    daysAgo: 3,
    code: '11440118MB2X00282M4440132611000',
    name: '公共场所卫生许可',
    applicant: { kind: '2', name: '增城示例餐饮店', idType: '49', idNumber: '91440118MA9X000111' },
    phone: '13800000003',
    until: 'special',
  },
  {
    serial: 900_103,
    daysAgo: 2,
    code: '11440118MB2X00178H4440531512000',
    name: '高龄老人津贴申领',
    applicant: { kind: '1', name: '陈秀英', idType: '10', idNumber: '440125195203120027' },
    phone: '13800000002',
    until: 'correction',
  },
  {
    serial: 900_104,
    daysAgo: 4,
    code: '11440118MB2X00231D4440732111000',
    name: '公共租赁住房资格申请',
    applicant: { kind: '1', name: '何小雨', idType: '10', idNumber: '440118200005200026' },
    phone: '13800000004',
    until: 'examined',
  },
];

/** The rows of the demo cases, relative to `now`. */
export function demoRows(now: Date): Row[] {
  return demo.flatMap((each) => {
    const begun = new Date(now.getTime() - each.daysAgo * 86_400_000);
    const number = `440118${localDay(begun).replaceAll('-', '')}${each.serial}`;
    const after = (hours: number): string => localTime(new Date(begun.getTime() + hours * 3_600_000));
    const row = (table: string, fields: Record<string, string>): Row => ({
      table,
      fields: {
        SBLSH_SHORT: number,
        SXBM: each.code,
        XH: '1',
        ...fields,
        XZQHDM: '440118000000',
        VERSION: '1',
      },
    });
    const applied = row('EX_GDBS_SB', {
      SBLSH: `${each.code}${number.slice(6)}`,
      SXMC: each.name,
      SQRLX: each.applicant.kind,
      SQRMC: each.applicant.name,
      SQRZJLX: each.applicant.idType,
      SQRZJHM: each.applicant.idNumber,
      LXRXM: each.applicant.name,
      LXRSJ: each.phone,
      SBSJ: after(0),
    });
    const accepted = row('EX_GDBS_SL', {
      YWLSH: `ZC${number.slice(6)}`,
      YWCXMM: '482913',
      SLZTDM: '1',
      SLHZH: `穗增（区政务）受字〔${number.slice(6, 10)}〕第${String(each.serial).slice(-6)}号`,
      BJCKMC: 'B区03号窗',
      BJDTBM: 'ZC-B',
      SLSJ: after(1),
    });
    const examined = row('EX_GDBS_SPCL', { SPHJDM: '1', SPYJ: '材料齐全', SPSJ: after(20) });
    const rest: Record<Demo['until'], Row[]> = {
      applied: [],
      accepted: [accepted],
      examined: [accepted, examined],
      correction: [
        row('EX_GDBS_BZGZ', {
          BZGZYY: '银行卡照片看不清卡号',
          BZCLQD: '本人银行卡',
          BQBZCLBM: 'M002',
          PATCH_TIMELIMIT: '10',
          BZGZSJ: after(5),
        }),
      ],
      special: [
        accepted,
        examined,
        row('EX_GDBS_TBCXSQ', {
          TBCXZL: 'B',
          TBCXMC: '现场核查',
          TBCXSX: '10',
          TBCXSXDW: 'G',
          TBCXQDLY: '需要现场核查',
          TBCXPZR: '李科长',
          TBCXSQSJ: after(26),
        }),
      ],
      closed: [
        accepted,
        examined,
        row('EX_GDBS_BJ', {
          BJJGDM: '0',
          BJJGMS: '准予办理',
          ZJBH: `增签${each.serial}`,
          SFJE: '0',
          BJSJ: after(22),
        }),
      ],
    };
    return [applied, ...rest[each.until]];
  });
}
