/** What each level is called on the screen; old naming in brackets. Level 0 of a bound account is 二级. */
const labels = ['二级（L0）', '三级（L1）', '四级（L2）', '五级（L3）'] as const;

export const levelLabel = (level: number, bound: boolean): string =>
  bound ? (labels[level] ?? labels[0]) : '未实名';

/** What to do to get there, for the message of a refusal. */
export const wayTo: Readonly<Record<number, string>> = {
  1: '请先完成实名认证，再来办理。',
  2: '请到统一身份认证平台做一次人脸核验，升到四级后再办理。',
  3: '请带身份证到大厅窗口升到五级后再办理。',
};
