import ExcelJS from 'exceljs';
import type { Counts, RatingStatistics } from './contract.ts';

/** The statistics as an Excel file, a sheet each way of counting. */
export async function writeStatistics(report: RatingStatistics): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = (name: string, key: string, rows: readonly Counts[]): void => {
    const page = workbook.addWorksheet(name);
    page.columns = [
      { header: key, key: 'key', width: 36 },
      ...['非常满意', '满意', '基本满意', '不满意', '非常不满意'].map((header, at) => ({
        header,
        key: `level${5 - at}`,
        width: 12,
      })),
      { header: '主动评价', key: 'active', width: 12 },
      { header: '到期未评（按基本满意）', key: 'silent', width: 24 },
      { header: '差评', key: 'bad', width: 10 },
      { header: '满意率（主动评价，%）', key: 'satisfied', width: 22 },
    ];
    page.addRows(
      rows.map((row) => ({
        ...row,
        ...Object.fromEntries(row.levels.map((count, at) => [`level${at + 1}`, count])),
      })),
    );
  };
  sheet('汇总', `${report.from} 至 ${report.to}`, [report.total]);
  sheet('按日期', '日期', report.byDay);
  sheet('按部门', '部门', report.byDepartment);
  sheet('按事项', '事项', report.byMatter);
  sheet('按大厅', '大厅', report.byHall);
  sheet('按窗口', '窗口', report.byWindow);
  sheet('按时段', '时段', report.byHour);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
