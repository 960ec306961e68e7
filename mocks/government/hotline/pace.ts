import type { Act } from './life.ts';
import type { Ticket } from './shapes.ts';

/** What takes days there takes longer here too. */
const slower = 6;

/** Where a subject usually goes; the first that fits. */
const departments: readonly (readonly [RegExp, string])[] = [
  [/路灯|井盖|占道|垃圾|绿化|违建|摆卖|广告牌/, '区城市管理和综合执法局'],
  [/停水|水压|自来水|内涝|排水|河涌|污水/, '区水务局'],
  [/公交|客运|出租|网约车|公路/, '区交通运输局'],
  [/拖欠|工资|社保|工伤|劳动/, '区人力资源和社会保障局'],
  [/学校|入学|学位|培训|幼儿园/, '区教育局'],
  [/医院|医保|疫苗|卫生站/, '区卫生健康局'],
  [/噪音|噪声|废气|油烟|异味/, '市生态环境局增城分局'],
  [/消费|退款|假货|食品|餐饮|价格/, '区市场监督管理局'],
  [/物业|房屋|租房|公租房|电梯/, '区住房和城乡建设局'],
];

/** What the hotline may not take, and where it belongs. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/正在着火|起火了|火很大/, '火警请立即拨打119。'],
  [/有人昏迷|有人受伤|大出血/, '急救请立即拨打120。'],
  [/正在打人|被抢劫|有人持刀/, '报警请立即拨打110。'],
  [/已起诉|法院已立案|已判决|申请了仲裁|行政复议/, '该事项已进入法定程序，请向办理机关查询。'],
  [/受贿|违纪|贪污/, '反映党员干部违纪违法请拨打12388。'],
];

const answers: Readonly<Record<string, string>> = {
  1: '您好，您咨询的问题已向业务科室核实，具体办理条件和材料请见政务服务大厅办事指南，也可到窗口咨询。',
  2: '您好，收到诉求后我单位已派人到现场查看并处理，目前情况已解决，感谢您的反映。',
  3: '您好，您反映的问题经现场核查属实，我单位已要求当事方限期整改，并将继续跟进。',
  4: '您好，您反映的线索已依法核查，处理情况将按规定告知，您的个人信息已严格保密。',
  5: '您好，您的建议已转业务科室研究，将在今后的工作中参考采纳，感谢您的关心。',
};

const deptFor = ({ title, content }: Ticket): string =>
  departments.find(([pattern]) => pattern.test(title + content))?.[1] ?? '区政务服务和数据管理局';

/** What happens next by itself; null: nothing, or it is not its turn. */
export function nextAct(ticket: Ticket, now: Date, paceMs: number | undefined): Act | null {
  if (!paceMs || ticket.byHand) return null;
  const quick = [10, 20, 30].includes(ticket.status);
  if (now.getTime() - Date.parse(ticket.lastActAt) < (quick ? paceMs : paceMs * slower)) return null;
  switch (ticket.status) {
    case 10: {
      const words = elsewhere.find(([pattern]) => pattern.test(ticket.title + ticket.content))?.[1];
      return words ? { act: 'refuse', reason: words } : { act: 'accept' };
    }
    case 20:
    case 95:
      return { act: 'assign', dept: deptFor(ticket) };
    case 30:
      return { act: 'sign' };
    case 35:
      return { act: 'handle', text: '已安排人员处理。' };
    case 40:
      return { act: 'answer', text: answers[ticket.type] ?? answers[2]! };
    case 50:
      return { act: 'review', verdict: 'pass' };
    default:
      return null; // 60 waits for the citizen, or for a person at the telephone
  }
}
