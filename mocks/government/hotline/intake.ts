import { localTime } from '../core/localTime.ts';
import { Refusal, type StoredFile, type Ticket } from './shapes.ts';

type Fields = Record<string, unknown>;

export interface Intake {
  readonly now: Date;
  readonly serial: (day: string) => number;
  readonly queryCode: () => string;
  readonly file: (id: string) => StoredFile | undefined;
}

const text = (body: Fields, name: string): string => (typeof body[name] === 'string' ? body[name] : '');
const asked = (value: unknown): boolean => value === '1' || value === 1 || value === true;
const moment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Checks what was handed in as the platform's form does, and opens a ticket. Throws Refusal. */
export function openTicket(body: Fields, intake: Intake): Ticket {
  const no = (words: string): never => {
    throw new Refusal(4001, words);
  };
  const type = text(body, 'type');
  if (!/^[1-5]$/.test(type)) no('诉求类型错误');
  const title = text(body, 'title').trim();
  if (title === '' || [...title].length > 30) no('诉求标题应为1至30字');
  const content = text(body, 'content').trim();
  const length = [...content].length;
  if (length < 10 || length > 1000) no('诉求内容应为10至1000字');
  const areaCode = text(body, 'areaCode');
  if (!/^\d{9}$/.test(areaCode)) no('所属镇街错误');
  if (!areaCode.startsWith('440118')) throw new Refusal(4002, '不属于本区受理范围');
  const registerTime = text(body, 'filedAt') || localTime(intake.now);
  if (!moment.test(registerTime)) no('登记时间格式错误');
  // Clocks of two machines differ a little; a ticket of tomorrow is a mistake.
  if (registerTime > localTime(new Date(intake.now.getTime() + 600_000))) no('登记时间晚于当前时间');
  const occurAt = text(body, 'occurAt');
  if (occurAt !== '' && !moment.test(occurAt)) no('事发时间格式错误');
  const [day] = registerTime.slice(2).split(' ') as [string];
  const compact = day.replace(/-/g, '');
  return {
    appealNo: `${compact}440118${String(intake.serial(compact)).padStart(5, '0')}`,
    queryCode: intake.queryCode(),
    bizNo: text(body, 'bizNo'),
    ...{ type, title, content, areaCode, registerTime, occurAt },
    address: text(body, 'address'),
    ...{ lng: text(body, 'lng'), lat: text(body, 'lat') },
    contact: checkedContact(body['contact']),
    attachments: checkedFiles(body['attachments'], intake),
    openConsent: asked(body['openConsent']),
    ...{ deadline: '', halfTime: '', days: 0, extended: false, redone: false, rated: false },
    ...{ masterNo: '', dept: '', status: 10, supplements: [], urges: [], ratings: [], byHand: false },
    lastActAt: intake.now.toISOString(),
    events: [
      { seq: 1, status: 10, time: registerTime, dept: '12345热线', content: '诉求已登记。', attachments: [] },
    ],
  };
}

function checkedContact(value: unknown): Ticket['contact'] {
  const contact = (typeof value === 'object' && value !== null ? value : {}) as Fields;
  const [anonymous, secret] = [asked(contact['anonymous']), asked(contact['secret'])];
  const [name, phone] = [text(contact, 'name').trim(), text(contact, 'phone').trim()];
  if (anonymous && (name !== '' || phone !== '')) throw new Refusal(4001, '匿名诉求不得填写姓名和电话');
  if (!anonymous && name === '') throw new Refusal(4001, '请填写联系人姓名');
  if (!anonymous && !/^(1\d{10}|0\d{2,3}-?\d{7,8})$/.test(phone)) throw new Refusal(4001, '联系电话格式错误');
  return { name, phone, anonymous, secret };
}

export function checkedFiles(value: unknown, intake: Pick<Intake, 'file'>): string[] {
  const ids = Array.isArray(value) ? value.map(String) : [];
  if (ids.length > 9) throw new Refusal(4102, '附件不得超过9个');
  for (const id of ids) if (!intake.file(id)) throw new Refusal(4105, '附件不存在或已过期');
  return ids;
}
