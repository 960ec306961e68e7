import { stableText } from '../core/ids.ts';
import type { FieldKind } from './fields.ts';

export type Keyword = { kid: number; name: string; kind: FieldKind; example: string };
export type LibraryTemplate = {
  /** Short number in the category's library: template_id_short of the official account, tid of the program. */
  tid: string;
  title: string;
  keywords: Keyword[];
};

const keyword = (kid: number, name: string, kind: FieldKind, example: string): Keyword => ({
  kid,
  name,
  kind,
  example,
});

/** The 政务民生 category's library as far as the stand-in has one. A field's key is its kind and number: thing1. */
export const library: readonly LibraryTemplate[] = [
  {
    tid: '50101',
    title: '预约成功通知',
    keywords: [
      keyword(1, '预约事项', 'thing', '居民身份证换领'),
      keyword(2, '预约时间', 'time', '2026年11月26日 09:30~10:00'),
      keyword(3, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(4, '预约号', 'character_string', 'A20261126001'),
      keyword(5, '温馨提示', 'thing', '请带上身份证原件'),
      keyword(6, '预约人', 'name', '王小明'),
    ],
  },
  {
    tid: '50102',
    title: '预约取消通知',
    keywords: [
      keyword(1, '预约事项', 'thing', '居民身份证换领'),
      keyword(2, '预约时间', 'time', '2026年11月26日 09:30~10:00'),
      keyword(3, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(4, '取消原因', 'thing', '本人取消'),
      keyword(5, '预约号', 'character_string', 'A20261126001'),
    ],
  },
  {
    tid: '50103',
    title: '预约到访提醒',
    keywords: [
      keyword(1, '预约事项', 'thing', '居民身份证换领'),
      keyword(2, '预约时间', 'time', '2026年11月26日 09:30'),
      keyword(3, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(4, '预约号', 'character_string', 'A20261126001'),
      keyword(5, '温馨提示', 'thing', '请带上身份证原件'),
    ],
  },
  {
    tid: '50104',
    title: '预约变更通知',
    keywords: [
      keyword(1, '预约事项', 'thing', '居民身份证换领'),
      keyword(2, '原预约时间', 'time', '2026年11月26日 09:30'),
      keyword(3, '新预约时间', 'time', '2026年11月27日 09:30'),
      keyword(4, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(5, '变更原因', 'thing', '大厅临时调整'),
    ],
  },
  {
    tid: '50105',
    title: '候补结果通知',
    keywords: [
      keyword(1, '预约事项', 'thing', '居民身份证换领'),
      keyword(2, '预约时间', 'time', '2026年11月26日 09:30'),
      keyword(3, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(4, '候补结果', 'thing', '有名额了，保留到09:15'),
      keyword(5, '温馨提示', 'thing', '请点开确认，过时让给下一位'),
    ],
  },
  {
    tid: '50201',
    title: '取号成功通知',
    keywords: [
      keyword(1, '办理业务', 'thing', '社保业务'),
      keyword(2, '排队号码', 'character_string', 'B032'),
      keyword(3, '前面人数', 'number', '6'),
      keyword(4, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(5, '取号时间', 'time', '2026年11月26日 09:12'),
    ],
  },
  {
    tid: '50202',
    title: '排队进度提醒',
    keywords: [
      keyword(1, '排队号码', 'character_string', 'B032'),
      keyword(2, '前面人数', 'number', '3'),
      keyword(3, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(4, '温馨提示', 'thing', '请到等候区等候'),
    ],
  },
  {
    tid: '50203',
    title: '排队叫号通知',
    keywords: [
      keyword(1, '排队号码', 'character_string', 'B032'),
      keyword(2, '办理窗口', 'thing', 'B区12号窗口'),
      keyword(3, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(4, '叫号时间', 'time', '2026年11月26日 09:40'),
    ],
  },
  {
    tid: '50204',
    title: '过号提醒',
    keywords: [
      keyword(1, '排队号码', 'character_string', 'B032'),
      keyword(2, '办理地点', 'thing', '增城区政务服务中心'),
      keyword(3, '过号时间', 'time', '2026年11月26日 09:45'),
      keyword(4, '温馨提示', 'thing', '可在小程序里重新排队'),
    ],
  },
  {
    tid: '50301',
    title: '业务受理通知',
    keywords: [
      keyword(1, '事项名称', 'thing', '食品经营许可'),
      keyword(2, '办件编号', 'character_string', '44011820261124000123'),
      keyword(3, '受理时间', 'time', '2026年11月24日 10:21'),
      keyword(4, '受理部门', 'thing', '增城区市场监督管理局'),
    ],
  },
  {
    tid: '50302',
    title: '材料补正通知',
    keywords: [
      keyword(1, '事项名称', 'thing', '食品经营许可'),
      keyword(2, '办件编号', 'character_string', '44011820261124000123'),
      keyword(3, '补正内容', 'thing', '请重新上传平面布局图'),
      keyword(4, '截止时间', 'time', '2026年12月1日 17:30'),
    ],
  },
  {
    tid: '50303',
    title: '办理结果通知',
    keywords: [
      keyword(1, '事项名称', 'thing', '食品经营许可'),
      keyword(2, '办件编号', 'character_string', '44011820261124000123'),
      keyword(3, '办理结果', 'phrase', '准予许可'),
      keyword(4, '办结时间', 'time', '2026年11月30日 16:05'),
    ],
  },
  {
    tid: '50304',
    title: '办理进度通知',
    keywords: [
      keyword(1, '事项名称', 'thing', '食品经营许可'),
      keyword(2, '办件编号', 'character_string', '44011820261124000123'),
      keyword(3, '当前进度', 'thing', '现场核查'),
      keyword(4, '更新时间', 'time', '2026年11月26日 15:10'),
    ],
  },
  {
    tid: '50401',
    title: '待缴费通知',
    keywords: [
      keyword(1, '缴费项目', 'thing', '不动产登记费'),
      keyword(2, '缴费金额', 'amount', '¥80.00'),
      keyword(3, '截止时间', 'time', '2026年12月1日 23:59'),
      keyword(4, '缴款编号', 'character_string', '1802600000123'),
    ],
  },
  {
    tid: '50402',
    title: '缴费成功通知',
    keywords: [
      keyword(1, '缴费项目', 'thing', '不动产登记费'),
      keyword(2, '缴费金额', 'amount', '¥80.00'),
      keyword(3, '缴费时间', 'time', '2026年11月26日 11:20'),
      keyword(4, '缴款编号', 'character_string', '1802600000123'),
    ],
  },
  {
    tid: '50403',
    title: '退款通知',
    keywords: [
      keyword(1, '退款项目', 'thing', '不动产登记费'),
      keyword(2, '退款金额', 'amount', '¥80.00'),
      keyword(3, '退款时间', 'time', '2026年11月28日 09:00'),
      keyword(4, '退款原因', 'thing', '重复缴费'),
    ],
  },
  {
    tid: '50501',
    title: '诉求工单进度通知',
    keywords: [
      keyword(1, '工单编号', 'character_string', '26112444011800012'),
      keyword(2, '工单状态', 'phrase', '已办结'),
      keyword(3, '承办部门', 'thing', '增城区水务局'),
      keyword(4, '更新时间', 'time', '2026年11月26日 10:00'),
    ],
  },
  {
    tid: '50601',
    title: '证照到期提醒',
    keywords: [
      keyword(1, '证照名称', 'thing', '食品经营许可证'),
      keyword(2, '到期日期', 'date', '2026年12月31日'),
      keyword(3, '温馨提示', 'thing', '请在到期前三十日内申请延续'),
    ],
  },
  {
    tid: '50602',
    title: '服务评价邀请',
    keywords: [
      keyword(1, '办理事项', 'thing', '居民身份证换领'),
      keyword(2, '办理窗口', 'thing', 'B区12号窗口'),
      keyword(3, '办理时间', 'time', '2026年11月26日 10:05'),
    ],
  },
  {
    tid: '50603',
    title: '实名认证结果通知',
    keywords: [
      keyword(1, '认证姓名', 'name', '王小明'),
      keyword(2, '认证结果', 'phrase', '认证成功'),
      keyword(3, '认证时间', 'time', '2026年11月26日 09:00'),
    ],
  },
  {
    tid: '50701',
    title: '服务变更通知',
    keywords: [
      keyword(1, '变更内容', 'thing', '国庆假期服务时间调整'),
      keyword(2, '影响范围', 'thing', '增城区政务服务中心'),
      keyword(3, '生效时间', 'time', '2026年10月1日 09:00'),
      keyword(4, '温馨提示', 'thing', '急事可走自助服务区'),
    ],
  },
  {
    tid: '50702',
    title: '突发事件提醒',
    keywords: [
      keyword(1, '事件名称', 'thing', '暴雨红色预警'),
      keyword(2, '影响范围', 'thing', '全区'),
      keyword(3, '发布时间', 'time', '2026年11月26日 08:00'),
      keyword(4, '安全提示', 'thing', '请减少外出'),
    ],
  },
];

export type AccountTemplate = {
  templateId: string;
  tid: string;
  title: string;
  keywords: Keyword[];
  /** 2: each consent is good for one message; 3: consent is for long. Only for subscription messages. */
  type: 2 | 3;
  sceneDesc: string;
  disabled: boolean;
};

/** A template in an account, with the chosen keywords in their order. */
export function adopt(owner: string, source: LibraryTemplate, kids: number[], type: 2 | 3): AccountTemplate {
  const keywords = kids.map((kid) => source.keywords.find((one) => one.kid === kid)!);
  return {
    templateId: stableText(`${owner}/${source.tid}/${kids.join('-')}`, 43),
    tid: source.tid,
    title: source.title,
    keywords,
    type,
    sceneDesc: '',
    disabled: false,
  };
}

/** As the platform lists a template: one line a field. */
export function contentOf(keywords: Keyword[]): string {
  return keywords.map((one) => `${one.name}:{{${keyOf(one)}.DATA}}\n`).join('');
}

export function exampleOf(keywords: Keyword[]): string {
  return keywords.map((one) => `${one.name}:${one.example}\n`).join('');
}

export function keyOf(one: Keyword): string {
  return `${one.kind}${one.kid}`;
}
