import { addLocalDays } from '../core/localTime.ts';
import { nationalId } from './ids.ts';
import type { Licence } from './system.ts';
import { type LicenceKind, licenceTypes } from './types.ts';

interface Draft {
  kind: LicenceKind;
  serial: number;
  issuer: readonly [code: string, name: string];
  holder: Licence['holder'];
  /** Days from today; null: for good. */
  left: number | null;
  fields: Record<string, string>;
  status?: Licence['status'];
}

const person = (name: string, idNumber: string): Licence['holder'] => ({ idType: '111', idNumber, name });
const wang = person('王小明', '440118199001010019');
const chen = person('陈秀英', '440125195203120027');
const li = person('李志明', '440183197605200030');
const he = person('何小雨', '440118200005200026');
const bakery: Licence['holder'] = { idType: '001', idNumber: '91440118MA9X000111', name: '增城示例餐饮店' };
const police = ['11440118MB2X0016XH', '市公安局增城区分局'] as const;
const market = ['11440118MB2X000123', '区市场监督管理局'] as const;
const health = ['11440118MB2X00282M', '区卫生健康局'] as const;
const land = ['11440118MB2X00215P', '市规划和自然资源局增城区分局'] as const;
const civil = ['11440118MB2X00178H', '区民政局'] as const;

const idCard = (holder: Licence['holder'], serial: number, left: number | null, address: string): Draft => ({
  kind: 'residentId',
  serial,
  issuer: police,
  holder,
  left,
  fields: {
    XM: holder.name,
    ZJHM: holder.idNumber,
    XB: Number(holder.idNumber[16]) % 2 === 1 ? '男' : '女',
    MZ: '汉',
    CSRQ: holder.idNumber.slice(6, 14),
    ZZ: address,
    QFJG: '广州市公安局增城区分局',
  },
});

const drafts: readonly Draft[] = [
  idCard(wang, 1, 3200, '广东省广州市增城区荔城街道示例路1号'),
  idCard(chen, 2, null, '广东省广州市增城区新塘镇示例巷2号'),
  idCard(li, 3, 5400, '广东省广州市增城区永宁街道示例街3号'),
  idCard(he, 4, 20, '广东省广州市增城区中新镇示例村4号'),
  {
    kind: 'residencePermit',
    serial: 11,
    issuer: police,
    holder: wang,
    left: 45,
    fields: { XM: '王小明', ZJHM: wang.idNumber, JZDZ: '广东省广州市增城区荔城街道示例路1号' },
  },
  {
    kind: 'household',
    serial: 12,
    issuer: police,
    holder: wang,
    left: null,
    fields: {
      XM: '王小明',
      ZJHM: wang.idNumber,
      HH: '440118000012',
      HB: '家庭户',
      ZZ: '广东省广州市增城区荔城街道示例路1号',
    },
  },
  {
    kind: 'household',
    serial: 13,
    issuer: police,
    holder: chen,
    left: null,
    fields: {
      XM: '陈秀英',
      ZJHM: chen.idNumber,
      HH: '440118000013',
      HB: '家庭户',
      ZZ: '广东省广州市增城区新塘镇示例巷2号',
    },
  },
  {
    kind: 'propertyTitle',
    serial: 14,
    issuer: land,
    holder: wang,
    left: null,
    fields: {
      BDCQZH: '粤(2026)广州市不动产权第10001234号',
      QLRMC: '王小明',
      ZL: '荔城街道示例花园3栋0401',
      JZMJ: '98.52',
      YT: '住宅',
    },
  },
  {
    kind: 'marriage',
    serial: 15,
    issuer: civil,
    holder: he,
    left: null,
    fields: { XM: '何小雨', ZJHM: he.idNumber, DJRQ: '20240520', JHZH: 'J440118-2024-000520' },
  },
  {
    kind: 'businessLicence',
    serial: 21,
    issuer: market,
    holder: bakery,
    left: null,
    fields: {
      ZTMC: '增城示例餐饮店',
      TYSHXYDM: bakery.idNumber,
      FDDBR: '李志明',
      JYCS: '广东省广州市增城区荔城街道示例路8号',
      JYFW: '餐饮服务；糕点制作',
      CLRQ: '20250301',
      ZTLX: '个体工商户',
    },
  },
  {
    kind: 'healthCertificate',
    serial: 22,
    issuer: health,
    holder: li,
    left: 200,
    fields: { XM: '李志明', ZJHM: li.idNumber, TJJG: '增城区示例医院', JKZH: 'JK2026000022' },
  },
  {
    kind: 'healthCertificate',
    serial: 23,
    issuer: health,
    holder: wang,
    left: -30,
    fields: { XM: '王小明', ZJHM: wang.idNumber, TJJG: '增城区示例医院', JKZH: 'JK2025000023' },
  },
  {
    kind: 'hygieneLicence',
    serial: 24,
    issuer: health,
    holder: bakery,
    left: 900,
    fields: { ZTMC: '增城示例餐饮店', XKZH: '增卫公字2025000024' },
    status: 'ABOLISHED',
  },
];

/** The licences of the demo citizens, their validity relative to `today`; one has run out and one was withdrawn. */
export const demoLicences = (today: string): Licence[] =>
  drafts.map(({ kind, serial, issuer, holder, left, fields, status = 'ISSUED' }) => {
    const { type, name } = licenceTypes[kind];
    return {
      code: nationalId(type, issuer[0], serial),
      type,
      name,
      issuer: issuer[1],
      holder,
      status,
      from: addLocalDays(today, -400),
      until: left === null ? '' : addLocalDays(today, left),
      fields: { ZZMC: name, CZZT: holder.name, ...fields },
    };
  });
