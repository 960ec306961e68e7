/** Acts in the words of the people who read the ledger. An act that is not here shows its id. */
const labels: Readonly<Record<string, string>> = {
  'staff.signedIn': '登录',
  'staff.signedOut': '退出登录',
  'staff.signInRefused': '登录未成功',
  'staff.locked': '账号被锁定',
  'staff.added': '新增账号',
  'staff.changed': '修改账号',
  'staff.passwordReset': '重设他人密码',
  'staff.passwordChanged': '修改自己的密码',
  'people.identityBound': '实名认证',
  'people.identityUnbound': '解除实名认证',
};

export const actLabel = (act: string): string => labels[act] ?? act;
