import test from 'ava';
import { estimatedHolidays } from '../../kernel/workingDays/estimate.ts';
import { LiveCalendar } from '../../kernel/workingDays/liveCalendar.ts';
import { daysOf } from './previewYear.ts';
import { readNotice } from './readNotice.ts';
import { tableText } from './readTable.ts';
import { checkYear, countWorkdays, coverageWarning } from './rules.ts';
import { excelOf, notice2027 } from './testing/notice2027.ts';

const packaged = daysOf(new LiveCalendar(), 2026);

/** The arrangement of 2026 in the sentences of a notice, and as the table a colleague would make of it. */
const sentences2026 = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;
const table2026 = `节日\t放假\t调休上班
元旦\t1月1日至3日\t1月4日
春节\t2月15日至23日\t2月14日、2月28日
清明\t4月4日-6日\t
五一\t2026-05-01至2026-05-05\t2026-05-09
端午\t6月19日至6月21日\t无
中秋\t9月25日～27日
国庆\t10月1日到7日\t9月20日、10月10日`;

const known = (until = '2026-12-31') => ({
  today: '2026-11-25',
  publishedUntil: until,
  isWorkday: () => null,
  statutory: estimatedHolidays(2027),
});

test('a notice reads the same in its own sentences, as a table, as CSV, and as the packaged data has it', (t) => {
  for (const text of [sentences2026, table2026, table2026.replace(/\t/g, ',')]) {
    const { days, problems } = readNotice(text, 2026);
    t.deepEqual(problems, []);
    t.deepEqual(days, packaged);
  }
  t.is(countWorkdays(2026, packaged), 248);
});

test('every packaged year since the law of 2025 passes the checks, and its days balance', (t) => {
  for (const year of [2025, 2026]) {
    const days = daysOf(new LiveCalendar(), year);
    const checked = checkYear(year, days, {
      today: `${year}-01-01`,
      publishedUntil: `${year}-12-31`,
      isWorkday: () => null,
      statutory: estimatedHolidays(year),
    });
    t.deepEqual([checked.problems, checked.warnings], [[], []]);
  }
});

test('what is wrong with a line is said with its number', (t) => {
  const problems = (text: string): string[] =>
    readNotice(text, 2027).problems.map((each) => `${each.line}: ${each.text}`);
  t.deepEqual(problems('元旦,1月1日至3日,'), []);
  t.deepEqual(problems('\n元旦,1月32日,'), ['2: 「1月32日」不是一个日期']);
  t.deepEqual(problems('国庆节,10月7日至1日'), ['1: 2027-10-07 至 2027-10-01：结束在开始之前']);
  t.deepEqual(problems('国庆节,10月1日至11月3日'), ['1: 2027-10-01 至 2027-11-03：超过 15 天，请核对']);
  t.deepEqual(problems('元旦,1月1日（周四）至3日'), ['1: 2027-01-01 是周五，不是周四，请核对年份和日期']);
  t.deepEqual(problems('元旦,下个月初'), ['1: 「下个月初」看不懂，日期请写成 1月1日至3日']);
  t.deepEqual(problems('元旦,1月1日 3号'), ['1: 「1月1日 3号」看不懂，日期请写成 1月1日至3日']);
  t.deepEqual(problems('元旦'), ['1: 每行要写明节日、放假日期，有调休的再写上班日期']);
  t.deepEqual(problems('清明节,4月3日至5日\n劳动节,4月5日至6日'), ['2: 2027-04-05 已写在「清明节」里']);
  t.deepEqual(problems('劳动节,5月1日至5日,5月5日'), ['1: 2027-05-05 已写在「劳动节」里']);
  t.deepEqual(problems('  \n'), ['null: 没有读到任何节日']);
});

test('a year is refused that is over, that leaves a gap, that forgets a holiday or works on a working day', (t) => {
  const days = readNotice(notice2027, 2027).days;
  const texts = (year: number, read: typeof days, at = known()): string[] =>
    checkYear(year, read, at).problems.map(({ text }) => text);
  t.deepEqual(texts(2027, days), []);
  t.deepEqual(checkYear(2027, days, known()).warnings, []);
  t.regex(texts(2027, days, known('2025-12-31'))[0]!, /2026 年还没有导入/);
  t.regex(texts(2025, [], { ...known(), statutory: new Map() })[0]!, /已经过去/);
  const without = days.filter(({ day }) => day !== '2027-06-09');
  t.deepEqual(texts(2027, without), ['2027-06-09 是法定节假日（端午节），没有列入放假']);
  const monday = { day: '2027-03-01', workday: true, name: '劳动节调休上班' };
  t.regex(texts(2027, [...days, monday])[0]!, /本来就是工作日/);
  const stray = { day: '2028-01-03', workday: false, name: '元旦' };
  t.regex(texts(2027, [...days, stray])[0]!, /不在 2027 年/);
  const eve = { day: '2026-12-31', workday: false, name: '元旦' };
  t.regex(texts(2027, [eve, ...days], { ...known(), isWorkday: () => true } as never)[0]!, /不在 2027 年/);
  const quiet = checkYear(2027, [eve, ...days], { ...known(), isWorkday: () => false } as never);
  t.deepEqual(quiet.problems, [], 'a day of another year that rests already changes nothing');
  t.deepEqual(quiet.days, days);
});

test('a make-up day that is missing is a warning: the days of rest and work do not balance', (t) => {
  const days = readNotice(notice2027, 2027).days.filter(({ day }) => day !== '2027-05-08');
  t.regex(checkYear(2027, days, known()).warnings[0]!.text, /放假 17 天，调休上班 3 天，相差 14 天/);
});

test('a table comes as Excel, with dates that are dates, as CSV in GB 18030, or not at all', async (t) => {
  const excel = await tableText(await excelOf(notice2027, { firstAsDate: true }));
  const read = readNotice(excel, 2027);
  t.deepEqual(read.problems, []);
  t.deepEqual(read.days, [
    { day: '2027-01-01', workday: false, name: '元旦' },
    ...readNotice(notice2027, 2027).days.filter(({ name }) => name !== '元旦'),
  ]);
  const gb = Buffer.from([0xd4, 0xaa, 0xb5, 0xa9, 0x2c, 0x31, 0xd4, 0xc2, 0x31, 0xc8, 0xd5]); // 元旦,1月1日
  t.is(await tableText(gb), '元旦,1月1日');
  for (const bad of [Buffer.from('PK\u0003\u0004nonsense'), Buffer.from([1, 0, 2]), Buffer.from('  ')])
    await t.throwsAsync(tableText(bad), { message: /读不出/ });
});

test('staff are told in time that a calendar ends', (t) => {
  t.is(coverageWarning('2026-10-01', '2026-12-31'), null);
  t.regex(coverageWarning('2026-11-25', '2026-12-31') ?? '', /2027 年的放假安排还没有导入/);
  t.regex(coverageWarning('2027-01-02', '2026-12-31') ?? '', /只能按周末估算/);
});
