import ExcelJS from 'exceljs';

/** An arrangement of 2027 made up for tests, in agreement with the law: not the State Council's. */
export const notice2027 = `元旦\t1月1日至3日
春节\t2月5日至11日\t2月14日
清明节\t4月3日至5日
劳动节\t5月1日至5日\t5月8日
端午节\t6月9日
中秋节\t9月15日
国庆节\t10月1日至7日\t9月26日、10月9日`;

/** The same table as an Excel file; the first holiday as a real date when wanted. */
export async function excelOf(text: string, options: { firstAsDate?: boolean } = {}): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('放假安排');
  sheet.addRow(['节日', '放假', '调休上班']);
  for (const line of text.split('\n')) sheet.addRow(line.split('\t'));
  if (options.firstAsDate) sheet.getCell('B2').value = new Date('2027-01-01T00:00:00Z');
  return Buffer.from(await book.xlsx.writeBuffer());
}
