import ExcelJS from 'exceljs';
import type { BookedRow, VisitsReport, VisitsRow } from './contract.ts';

/** The report as an Excel file, a sheet each way of counting. */
export async function writeVisits(report: VisitsReport): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const { hall, from, to, group, total } = report;
  const summary = workbook.addWorksheet('汇总');
  summary.columns = [{ width: 18 }, { width: 40 }];
  summary.addRows([
    ['大厅', hall.name],
    ['日期', from === to ? from : `${from} 至 ${to}`],
    ['窗口类别', group ?? '全部'],
    ['取号', total.tickets],
    ['办结', total.served],
    ['过号', total.missed],
    ['放弃', total.left],
    ['平均等候（分钟）', total.waitMinutes],
    ['最长等候（分钟）', total.longestWait],
    ['平均办理（分钟）', total.serviceMinutes],
  ]);
  visits(workbook, '按日期', '日期', report.byDay);
  visits(workbook, '按时段', '时段', report.byHour);
  visits(workbook, '按窗口类别', '窗口类别', report.byGroup);
  visits(workbook, '按事项', '事项', report.byMatter);
  visits(workbook, '按窗口', '窗口', report.byWindow);
  booked(workbook, '预约与爽约（日期）', '日期', report.bookedByDay);
  booked(workbook, '预约与爽约（事项）', '事项', report.bookedByMatter);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function visits(workbook: ExcelJS.Workbook, name: string, key: string, rows: readonly VisitsRow[]): void {
  const sheet = workbook.addWorksheet(name);
  sheet.columns = [
    { header: key, key: 'key', width: 24 },
    { header: '取号', key: 'tickets', width: 10 },
    { header: '办结', key: 'served', width: 10 },
    { header: '过号', key: 'missed', width: 10 },
    { header: '放弃', key: 'left', width: 10 },
    { header: '平均等候（分钟）', key: 'waitMinutes', width: 18 },
    { header: '最长等候（分钟）', key: 'longestWait', width: 18 },
    { header: '平均办理（分钟）', key: 'serviceMinutes', width: 18 },
  ];
  sheet.addRows([...rows]);
}

function booked(workbook: ExcelJS.Workbook, name: string, key: string, rows: readonly BookedRow[]): void {
  const sheet = workbook.addWorksheet(name);
  sheet.columns = [
    { header: key, key: 'key', width: 24 },
    { header: '预约', key: 'booked', width: 10 },
    { header: '办结', key: 'done', width: 10 },
    { header: '爽约', key: 'noShow', width: 10 },
    { header: '取消和改期', key: 'cancelled', width: 12 },
  ];
  sheet.addRows([...rows]);
}
