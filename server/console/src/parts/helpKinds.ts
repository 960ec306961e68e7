import type { HelpView } from '../api/queue.ts';

export const helpKinds: Readonly<Record<HelpView['kind'], string>> = {
  safety: '人身安全',
  medical: '有人不舒服',
  dispute: '起了争执',
  system: '系统或设备故障',
};
