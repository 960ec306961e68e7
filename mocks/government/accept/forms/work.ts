import { licenceTypes } from '../../licences/types.ts';
import { address, choice, coded, type Form, field, firm, material, person, promise } from './parts.ts';

const idCard = (seq: number) =>
  material(seq, '身份证', { licenceType: licenceTypes.residentId.type, maxFiles: 2 });

export const work: readonly Form[] = [
  {
    formId: 'SYDJ-RS',
    version: 1,
    taskCode: '11440118MB2X00207W4442031811000',
    title: '失业登记',
    promisedDays: 0,
    sections: [
      person(),
      {
        id: 'work',
        title: '失业情况',
        fields: [
          field('date', 'SYRQ', '失业日期', { notAfter: 'today' }),
          choice('SYYY', '失业原因', {
            end: '合同到期',
            dismissed: '被解除合同',
            closed: '单位关闭',
            other: '其他',
          }),
          field('text', 'YDW', '原工作单位', { maxLength: 100 }),
          field('yesNo', 'QZYY', '是否需要职业介绍'),
          promise('失业情况真实。'),
        ],
      },
    ],
    materials: [idCard(1), material(2, '失业登记承诺书')],
    delivery: ['pickUp'],
  },
  {
    formId: 'SYJ',
    version: 1,
    taskCode: '11440118MB2X00207W4440531811000',
    title: '失业保险金申领',
    promisedDays: 3,
    sections: [
      person(),
      {
        id: 'claim',
        title: '申领信息',
        fields: [
          field('date', 'ZZRQ', '终止劳动合同日期', { notAfter: 'today' }),
          field('uscc', 'DWDM', '原单位统一社会信用代码', { required: false }),
          field('bankAccount', 'YHK', '收款银行卡', { cardOnly: true }),
          promise('非因本人意愿中断就业，已办失业登记并有求职要求。'),
        ],
      },
    ],
    materials: [idCard(1), material(2, '终止劳动合同证明')],
    delivery: ['pickUp'],
  },
  {
    formId: 'YDJY',
    version: 1,
    taskCode: '11440118MB2X0031114442032911000',
    title: '跨省异地就医备案',
    promisedDays: 0,
    sections: [
      person('参保人'),
      {
        id: 'record',
        title: '备案信息',
        fields: [
          choice('BALX', '备案类型', {
            settle: '异地安置退休',
            live: '长期居住',
            work: '常驻工作',
            refer: '转诊',
          }),
          field('codeList', 'JYD', '就医地', {
            codes: coded({
              '110000': '北京市',
              '310000': '上海市',
              '430000': '湖南省',
              '440300': '深圳市',
              '450000': '广西',
            }),
          }),
          field('dateRange', 'BAQX', '备案期限', { maxDays: 1100 }),
          promise('异地居住或就医情况真实。'),
        ],
      },
    ],
    materials: [idCard(1), material(2, '异地就医备案表')],
    delivery: ['pickUp'],
  },
  {
    formId: 'PSXK',
    version: 1,
    taskCode: '11440118MB2X0025854440132311000',
    title: '排水许可（污水排入排水管网）',
    promisedDays: 5,
    correctionDays: 10,
    sections: [
      firm('排水户'),
      {
        id: 'drain',
        title: '排水情况',
        fields: [
          address('PSDZ', '排水地址'),
          field('number', 'RPSL', '每日排水量', { min: 0.1, max: 100_000, decimals: 1, unit: '立方米' }),
          field('choices', 'WSLX', '污水类型', {
            choices: coded({ life: '生活污水', food: '餐饮废水', plant: '生产废水' }),
            min: 1,
          }),
          field('text', 'GYC', '隔油池规格', { showIf: { field: 'WSLX', is: 'food' } }),
          promise('排水水质符合标准，按图纸建设排水设施。'),
        ],
      },
    ],
    materials: [
      material(1, '排水许可申请表'),
      material(2, '水质检测报告', { showIf: { field: 'WSLX', is: 'plant' } }),
      material(3, '排水管网图纸', { accept: ['pdf'] }),
    ],
    delivery: ['pickUp', 'post'],
  },
];
