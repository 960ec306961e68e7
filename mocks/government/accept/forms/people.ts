import { licenceTypes } from '../../licences/types.ts';
import { address, choice, type Form, field, material, person, promise, situation } from './parts.ts';

const idCard = (seq: number, name = '身份证') =>
  material(seq, name, { licenceType: licenceTypes.residentId.type, maxFiles: 2 });

export const people: readonly Form[] = [
  {
    formId: 'JZZQZ',
    version: 1,
    taskCode: '11440118MB2X0016XH4440731411000',
    title: '居住证签注',
    promisedDays: 0,
    sections: [
      person(),
      {
        id: 'stay',
        title: '居住情况',
        fields: [
          field('licence', 'JZZ', '居住证', { licenceType: licenceTypes.residencePermit.type }),
          address('JZDZ', '现居住地址'),
          choice('JZSY', '居住理由', { work: '就业', study: '就读', home: '自有住房' }),
          promise('居住信息真实。'),
        ],
      },
    ],
    materials: [
      material(1, '居住证', { licenceType: licenceTypes.residencePermit.type, maxFiles: 2 }),
      material(2, '居住地住址证明', { licenceType: licenceTypes.propertyTitle.type }),
    ],
    delivery: ['pickUp'],
  },
  {
    formId: 'SYDJ',
    version: 1,
    taskCode: '11440118MB2X00282M4442032611000',
    title: '生育登记',
    promisedDays: 0,
    situations: [situation('hy', '婚姻状况', { married: '已婚', single: '未婚' })],
    sections: [
      person('母亲'),
      {
        id: 'birth',
        title: '生育信息',
        fields: [
          field('number', 'HC', '第几个孩子', { min: 1, max: 10 }),
          field('date', 'YCQ', '预产期或出生日期'),
          field('name', 'PO', '配偶姓名', { showIf: { situation: 'hy', is: 'married' } }),
          field('idNumber', 'POHM', '配偶身份证号', { showIf: { situation: 'hy', is: 'married' } }),
          address('JZDZ', '现居住地址'),
          promise('生育信息真实。'),
        ],
      },
    ],
    materials: [
      idCard(1),
      material(2, '生育登记承诺书'),
      material(3, '结婚证', {
        licenceType: licenceTypes.marriage.type,
        showIf: { situation: 'hy', is: 'married' },
      }),
    ],
    delivery: ['pickUp'],
  },
  {
    formId: 'GLJT',
    version: 1,
    taskCode: '11440118MB2X00178H4440531512000',
    title: '高龄老人津贴申领',
    promisedDays: 10,
    situations: [situation('dl', '谁来办理', { self: '本人', agent: '家人代办' })],
    sections: [
      person('老人'),
      {
        id: 'allowance',
        title: '津贴发放',
        fields: [
          choice('NLD', '年龄', { a: '80–89 岁', b: '90–99 岁', c: '100 岁以上' }),
          address('HJDZ', '户籍地址'),
          field('bankAccount', 'YHK', '本人银行卡', { cardOnly: true }),
          field('name', 'DLRXM', '代办人姓名', { showIf: { situation: 'dl', is: 'agent' } }),
          field('phone', 'DLRSJ', '代办人手机号', { showIf: { situation: 'dl', is: 'agent' } }),
          promise('领取信息真实，情况变化时及时告知。'),
        ],
      },
    ],
    materials: [
      idCard(1),
      material(2, '本人银行卡', { help: '拍有卡号的一面' }),
      material(3, '代办人身份证', { showIf: { situation: 'dl', is: 'agent' }, maxFiles: 2 }),
    ],
    delivery: ['pickUp'],
  },
  {
    formId: 'FLYZ',
    version: 1,
    taskCode: '11440118MB2X00186C4440531611000',
    title: '法律援助申请',
    promisedDays: 3,
    sections: [
      person(),
      {
        id: 'matter',
        title: '案情',
        fields: [
          choice('AJLX', '案件类型', {
            labour: '劳动报酬',
            injury: '工伤',
            family: '赡养抚养',
            traffic: '交通事故',
            other: '其他',
          }),
          field('text', 'DFDSR', '对方当事人', { maxLength: 100 }),
          field('longText', 'AQ', '案情经过', { minLength: 20, maxLength: 2000 }),
          field('money', 'SRZE', '家庭人均月收入', { minFen: 0, maxFen: 10_000_000 }),
          field('email', 'YX', '电子邮箱', { required: false }),
          promise('案情和收入情况真实。'),
        ],
      },
    ],
    materials: [material(1, '法律援助申请表'), material(2, '案件材料', { maxFiles: 10 }), idCard(3)],
    delivery: ['pickUp', 'post'],
  },
  {
    formId: 'CJRZ',
    version: 1,
    taskCode: '11440118MB2X00346K4440733211000',
    title: '残疾人证核发',
    promisedDays: 10,
    sections: [
      person(),
      {
        id: 'state',
        title: '残疾情况',
        fields: [
          choice('CJLB', '残疾类别', {
            sight: '视力',
            hearing: '听力',
            speech: '言语',
            limb: '肢体',
            mind: '智力',
            spirit: '精神',
          }),
          field('date', 'PDRQ', '评定日期', { notAfter: 'today' }),
          field('text', 'PDJG', '评定机构'),
          field('name', 'JHR', '监护人姓名', { required: false }),
          address('HJDZ', '户籍地址'),
          promise('评定信息真实。'),
        ],
      },
    ],
    materials: [
      material(1, '残疾评定表'),
      material(2, '两寸近期照片', { accept: ['jpg', 'png'], maxFiles: 1 }),
      idCard(3),
    ],
    delivery: ['pickUp', 'post'],
  },
  {
    formId: 'GZF',
    version: 1,
    taskCode: '11440118MB2X00231D4440732111000',
    title: '公共租赁住房资格申请',
    promisedDays: 30,
    sections: [
      person(),
      {
        id: 'family',
        title: '家庭',
        fields: [
          field('table', 'JTCY', '共同申请的家庭成员', {
            required: false,
            minRows: 0,
            maxRows: 10,
            columns: [
              field('name', 'XM', '姓名'),
              field('idNumber', 'ZJHM', '身份证号'),
              choice('GX', '关系', { spouse: '配偶', child: '子女', parent: '父母' }),
              field('money', 'YSR', '月收入', { minFen: 0, maxFen: 10_000_000 }),
            ],
          }),
          field('calculated', 'CYSR', '家庭成员月收入合计', {
            required: false,
            column: { table: 'JTCY', key: 'YSR' },
            unit: '分',
          }),
          address('JZDZ', '现居住地址'),
          field('yesNo', 'ZYZF', '在本市有没有自有住房'),
          promise('同意核对家庭收入和住房情况，申报内容真实。'),
        ],
      },
    ],
    materials: [
      material(1, '申请与授权书'),
      material(2, '家庭收入证明', { maxFiles: 10 }),
      material(3, '户口簿和身份证', { licenceType: licenceTypes.household.type, maxFiles: 6 }),
    ],
    delivery: ['pickUp'],
  },
];
