import ExcelJS from 'exceljs';

const lines = ['姓名（名称）', '证件号码', '联系电话', '联系地址', '申请事由', '申请人签名', '日期'];

/** A form as an office hands it out: a title and lines to fill in. */
export async function blankForm(matter: string, material: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('表格');
  sheet.columns = [{ width: 20 }, { width: 60 }];
  sheet.mergeCells('A1:B1');
  sheet.getCell('A1').value = material;
  sheet.getCell('A1').font = { size: 16, bold: true };
  sheet.getCell('A1').alignment = { horizontal: 'center' };
  sheet.addRow(['办理事项', matter]);
  for (const line of lines) sheet.addRow([line, '']);
  for (let row = 2; row <= lines.length + 2; row++) {
    sheet.getRow(row).height = 26;
    for (const column of ['A', 'B'])
      sheet.getCell(`${column}${row}`).border = {
        top: { style: 'thin' },
        left: { style: 'thin' },
        bottom: { style: 'thin' },
        right: { style: 'thin' },
      };
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}
