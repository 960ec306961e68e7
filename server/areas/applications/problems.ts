import type { GovernmentError } from '../../government/kit/governmentError.ts';

const refused: Readonly<Record<string, string>> = {
  unknownMatter: '这个事项现在不能在线申办，请到窗口办理。',
  oldForm: '表格有了新版本，请核对后再提交。',
  badForm: '有内容没有通过办理系统的检查，请核对后再提交。',
  fileTooLarge: '有文件太大，请换小一点的文件。',
  tooManyFiles: '文件太多了，请删掉几个再提交。',
  fileName: '有文件的名字不能用，请改名后再传。',
  fileDigest: '有文件在传送中损坏了，请重新提交。',
  unknownFile: '有文件没有传到，请重新提交。',
  licence: '有电子证照已失效或不在您名下，请改传照片。',
  notOpen: '部门已经不再等待补正，请看最新进度。',
  tooLate: '已经有了办理结果，不能撤回了。',
};

/** Why 综合受理 did not take it, in the citizen's words. */
export function problemWords(error: GovernmentError): string {
  if (error.kind === 'closed')
    return error.code === 'maintenance'
      ? '办理系统维护（22:30–06:30），内容已保存，系统恢复后请您确认提交。'
      : '办理系统暂停使用，内容已保存，请稍后确认提交。';
  return refused[error.code] ?? '办理系统没有接收，内容已保存，请核对后再提交，或到窗口办理。';
}
