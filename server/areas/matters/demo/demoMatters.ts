import { demoHalls } from '../../halls/demo/halls.ts';
import type { Hall } from '../../halls/model.ts';
import type { Audience } from '../contract.ts';
import type { Matter, MatterHall } from '../model.ts';
import rows from './matters.json' with { type: 'json' };

type Row = (typeof rows)[number];

/** About forty matters people come for (government-systems.md, section 6); texts are our own. */
export function demoMatters(now: Date): Matter[] {
  const halls = demoHalls();
  return rows.map(
    (row): Matter => ({
      id: row.id,
      code: row.code,
      name: row.name,
      department: row.department,
      audiences: row.audiences as Audience[],
      typeLabel: row.typeLabel,
      topic: row.topic,
      legalTime: row.legalTime,
      promisedTime: row.promisedTime,
      feeLabel: row.feeLabel,
      minutes: row.minutes,
      conditions: conditionsOf(row),
      materials: row.materials,
      steps: stepsOf(row),
      laws: [],
      questions: questionsOf(row),
      phone: '020-12345',
      halls: hallsOf(row, halls),
      bookable: true,
      updatedAt: now,
    }),
  );
}

function hallsOf(row: Row, halls: readonly Hall[]): MatterHall[] {
  const reach =
    row.reach === 'village'
      ? ['district', 'town', 'village']
      : row.reach === 'town'
        ? ['district', 'town']
        : ['district'];
  return halls
    .filter((hall) => reach.includes(hall.kind))
    .map((hall): MatterHall => {
      const group = hall.kind === 'district' ? row.group : '综合';
      const zone = hall.zones.find((each) => each.windows.some((window) => window.group === group))!;
      return {
        hallId: hall.id,
        hallName: hall.name,
        zone: hall.kind === 'district' ? zone.name : null,
        group,
        windows: zone.windows.filter((window) => window.group === group).length,
        bookable: hall.bookable,
      };
    });
}

const conditionsOf = (row: Row): string[] => [
  row.audiences.includes('personal')
    ? '由本人办理；委托他人的，另带授权委托书和双方身份证原件。'
    : '由法定代表人或持授权书的经办人办理。',
  '材料齐全、真实、有效。',
];

const stepsOf = (row: Row): Matter['steps'] => [
  { name: '预约', text: '在线选好大厅和时间，也可以直接到现场取号。' },
  { name: '到场取号', text: '带齐材料，在预约时间前后 15 分钟内签到。' },
  {
    name: '窗口受理',
    text:
      row.promisedTime === '当场办结'
        ? '窗口核对材料，当场办完。'
        : '窗口核对材料，齐全的当场受理并出具回执。',
  },
  ...(row.promisedTime === '当场办结'
    ? []
    : [{ name: '审查办结', text: `承诺 ${row.promisedTime}内办结，结果会发消息告诉您。` }]),
];

const questionsOf = (row: Row): Matter['questions'] => [
  { question: '预约后迟到还能办吗', answer: '15 分钟内签到都可以；过号的可以顺延一次。' },
  {
    question: `办理「${row.name}」要多久`,
    answer:
      row.promisedTime === '当场办结'
        ? '材料齐全的当场办结。'
        : `法定时限 ${row.legalTime}，我们承诺 ${row.promisedTime}。`,
  },
];
