import { licenceTypes } from '../../licences/types.ts';
import {
  address,
  choice,
  coded,
  type Form,
  field,
  firm,
  material,
  person,
  promise,
  situation,
} from './parts.ts';

const business = { counter: '食品销售', canteen: '餐饮服务', bakery: '糕点自制' };

const foodFields: Form['sections'] = [
  firm('经营者'),
  {
    id: 'place',
    title: '经营场所',
    fields: [
      address('JYCS', '经营场所', { help: '写到门牌号' }),
      field('number', 'MJ', '经营面积', { min: 1, max: 5000, decimals: 1, unit: '平方米' }),
      field('yesNo', 'ZYZZ', '是否自制糕点'),
      field('longText', 'ZZPZ', '自制品种', { showIf: { field: 'ZYZZ', is: true }, maxLength: 200 }),
    ],
  },
  {
    id: 'scope',
    title: '经营项目',
    fields: [
      field('choices', 'JYXM', '经营项目', { choices: coded(business), min: 1 }),
      field('table', 'RYMD', '从业人员', {
        minRows: 1,
        maxRows: 20,
        columns: [
          field('name', 'XM', '姓名'),
          field('idNumber', 'ZJHM', '身份证号'),
          field('date', 'TJRQ', '体检日期', { notAfter: 'today' }),
        ],
      }),
      field('calculated', 'RYSL', '从业人员数', { required: false, count: 'RYMD', unit: '人' }),
      promise('申请材料真实有效，经营条件符合食品安全要求；如有不实，愿意承担法律责任。'),
    ],
  },
];

const foodNew: Form = {
  formId: 'SPJY-XB',
  version: 2,
  taskCode: '11440118MB2X0001234440131007001',
  title: '食品经营许可（新办）',
  promisedDays: 5,
  correctionDays: 5,
  situations: [
    situation('zyzt', '您以什么身份经营', { firm: '企业', household: '个体工商户' }),
    situation('csly', '经营场所是', { own: '自有', rent: '租赁' }),
  ],
  sections: foodFields,
  materials: [
    material(1, '食品经营许可申请书'),
    material(2, '经营场所平面图', { help: '标明各功能区，拍照要看得清字' }),
    material(3, '食品安全管理制度'),
    material(4, '从业人员健康证明', { licenceType: licenceTypes.healthCertificate.type, maxFiles: 10 }),
    material(5, '营业执照', { licenceType: licenceTypes.businessLicence.type }),
    material(6, '租赁合同', { showIf: { situation: 'csly', is: 'rent' } }),
    material(7, '自制糕点工艺流程', { need: 'later', showIf: { field: 'ZYZZ', is: true } }),
  ],
  delivery: ['pickUp', 'post'],
};

/** The version before: without the table of staff. Cases that froze it are judged by it. */
const foodNewBefore: Form = {
  ...foodNew,
  version: 1,
  sections: foodFields.map((section) =>
    section.id === 'scope'
      ? { ...section, fields: section.fields.filter(({ key }) => key !== 'RYMD' && key !== 'RYSL') }
      : section,
  ),
};

export const market: readonly Form[] = [
  foodNewBefore,
  foodNew,
  {
    formId: 'SPJY-BG',
    version: 1,
    taskCode: '11440118MB2X0001234440131012000',
    title: '食品经营许可（变更）',
    promisedDays: 3,
    situations: [situation('bgsx', '要变更什么', { name: '名称', person: '负责人', scope: '经营项目' })],
    sections: [
      firm('经营者'),
      {
        id: 'change',
        title: '变更内容',
        fields: [
          field('licence', 'YXKZ', '原食品经营许可证', { licenceType: licenceTypes.foodLicence.type }),
          field('text', 'BGQ', '变更前'),
          field('text', 'BGH', '变更后'),
          field('longText', 'BGYY', '变更原因', { maxLength: 200 }),
          promise('变更内容真实，变更后仍符合许可条件。'),
        ],
      },
    ],
    materials: [material(1, '变更申请书'), material(2, '变更事项的证明材料')],
    delivery: ['pickUp', 'post'],
  },
  {
    formId: 'GTSL',
    version: 1,
    taskCode: '11440118MB2X0001234440731012000',
    title: '个体工商户设立登记',
    promisedDays: 0,
    situations: [situation('csly', '经营场所是', { own: '自有', rent: '租赁' })],
    sections: [
      person('经营者'),
      {
        id: 'shop',
        title: '字号和经营场所',
        fields: [
          field('text', 'ZH', '字号名称', { maxLength: 40, help: '例如：增城示例餐饮店' }),
          address('JYCS', '经营场所'),
          field('longText', 'JYFW', '经营范围', { maxLength: 300 }),
          field('money', 'ZJSE', '资金数额', { minFen: 100, maxFen: 100_000_000_000 }),
          field('number', 'CYRS', '从业人数', { min: 1, max: 500 }),
          promise('登记材料真实，经营场所可以合法使用。'),
        ],
      },
    ],
    materials: [
      material(1, '登记申请书'),
      material(2, '经营场所使用证明', { licenceType: licenceTypes.propertyTitle.type }),
      material(3, '经营者身份证', { licenceType: licenceTypes.residentId.type, maxFiles: 2 }),
    ],
    delivery: ['pickUp', 'post'],
  },
  {
    formId: 'GGCSWS',
    version: 1,
    taskCode: '11440118MB2X00282M4440132611000',
    title: '公共场所卫生许可',
    promisedDays: 0,
    sections: [
      firm(),
      {
        id: 'place',
        title: '场所',
        fields: [
          address('CSDZ', '场所地址'),
          choice('CSLB', '场所类别', {
            hotel: '住宿',
            barber: '理发美容',
            bath: '沐浴',
            pool: '游泳',
            mall: '商场',
          }),
          field('number', 'MJ', '营业面积', { min: 1, max: 100_000, unit: '平方米' }),
          field('dateRange', 'ZXRQ', '装修起止日期', { required: false, maxDays: 730 }),
          field('notice', 'TS', '告知承诺', {
            required: false,
            text: '本事项实行告知承诺，承诺后当场发证，两个月内现场核查。',
          }),
          promise('已知晓告知事项，场所符合公共场所卫生要求，愿意接受核查。'),
        ],
      },
    ],
    materials: [
      material(1, '卫生许可申请表'),
      material(2, '卫生检测报告', { need: 'later', help: '可以在三十天内补齐' }),
      material(3, '告知承诺书'),
    ],
    delivery: ['pickUp', 'post'],
  },
];
