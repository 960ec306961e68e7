/** The texts that the provider has approved for the demo's application. */
export const templates: readonly { readonly id: string; readonly text: string }[] = [
  { id: '2611001', text: '您预约的{1}（{2}，预约号{3}）已被大厅取消，原因：{4}。请在小程序重新预约。' },
  { id: '2611002', text: '您申请的{1}（办件编号{2}）需要补正：{3}，请在{4}前到小程序补交。' },
  { id: '2611003', text: '{1}号请到{2}{3}办理，过号请联系现场工作人员。' },
];
