import type { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { DateTime } from 'luxon';
import { hallZone } from '../../kernel/localDay.ts';
import { namesOfOpenids } from '../people/namesOfOpenids.ts';
import { type Row, RowModel } from './ledger.ts';
import { maskOpenid, rowLabels } from './listReceivers.ts';
import type { Broadcast, StoredCounts } from './model.ts';
import { stateLabels } from './states.ts';

const kindLabels = {
  text: '文字群发',
  picture: '图片群发',
  article: '图文群发',
  template: '模板通知',
} as const;

const time = (at: Date | null): string =>
  at ? DateTime.fromJSDate(at, { zone: hallZone }).toFormat('yyyy-MM-dd HH:mm:ss') : '';

/** Writes a broadcast's report as an Excel file, row by row: a million receivers need no more memory than ten. */
export async function writeReport(
  broadcast: Broadcast,
  counts: StoredCounts,
  audienceLabel: string,
  stream: Writable,
): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream });
  const summary = workbook.addWorksheet('汇总');
  summary.columns = [{ width: 16 }, { width: 60 }];
  const facts: [string, string | number][] = [
    ['标题', broadcast.title],
    ['消息类型', kindLabels[broadcast.content.kind]],
    ['发给', audienceLabel],
    ['状态', stateLabels[broadcast.state]],
    ['编写人', broadcast.author.name],
    ['审批人', broadcast.approver?.name ?? ''],
    ['开始时间', time(broadcast.startedAt)],
    ['结束时间', time(broadcast.finishedAt)],
    ['受众人数', counts.audience],
    ['已发出', counts.sent],
    ['已送达', counts.delivered],
    ['收不到', counts.refused],
    ['失败', counts.failed],
    ['未发送', counts.waiting],
  ];
  for (const fact of facts) summary.addRow(fact).commit();
  summary.addRow([]).commit();
  for (const { at, by, act, note } of broadcast.history) {
    summary.addRow([time(at), `${by} ${act}${note ? `：${note}` : ''}`]).commit();
  }
  summary.commit();

  const detail = workbook.addWorksheet('明细');
  detail.columns = [
    { header: '接收人', width: 20 },
    { header: '结果', width: 12 },
    { header: '次数', width: 8 },
    { header: '微信返回码', width: 12 },
    { header: '微信消息号', width: 24 },
    { header: '姓名', width: 12 },
  ];
  const rows = RowModel.find({ broadcastId: broadcast._id }).sort({ _id: 1 }).lean<Row[]>().cursor();
  const write = async (some: readonly Row[]): Promise<void> => {
    const names = await namesOfOpenids(some.map(({ openid }) => openid));
    for (const { openid, state, attempts, code, msgId } of some) {
      const name = names.get(openid) ?? '';
      detail.addRow([maskOpenid(openid), rowLabels[state], attempts, code ?? '', msgId ?? '', name]).commit();
    }
  };
  let some: Row[] = [];
  for await (const row of rows as AsyncIterable<Row>) {
    some.push(row);
    if (some.length < 500) continue;
    await write(some);
    some = [];
  }
  await write(some);
  detail.commit();
  await workbook.commit();
}
