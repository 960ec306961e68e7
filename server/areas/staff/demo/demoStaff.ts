import type { Role } from '../contract.ts';

/** Demo only: never loaded unless DEMO=1. */
export const demoPassword = 'zengcheng-demo-2026';

export interface DemoStaff {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly hallIds: readonly string[];
  /** The demo citizen whose phone receives what they send to themselves. */
  readonly phoneOf: string | null;
}

export const demoStaff: readonly DemoStaff[] = [
  {
    id: 'staff-chenwen',
    username: 'chenwen',
    name: '陈文',
    roles: ['publisher'],
    hallIds: [],
    phoneOf: 'wang',
  },
  {
    id: 'staff-linjing',
    username: 'linjing',
    name: '林静',
    roles: ['approver'],
    hallIds: [],
    phoneOf: 'chen',
  },
  {
    id: 'staff-huangwei',
    username: 'huangwei',
    name: '黄伟',
    roles: ['windowClerk'],
    hallIds: ['district'],
    phoneOf: null,
  },
  {
    id: 'staff-zhaomin',
    username: 'zhaomin',
    name: '赵敏仪',
    roles: ['hallManager'],
    hallIds: ['district'],
    phoneOf: null,
  },
  {
    id: 'staff-wumei',
    username: 'wumei',
    name: '吴梅',
    roles: ['cashier'],
    hallIds: [],
    phoneOf: null,
  },
  {
    id: 'staff-admin',
    username: 'admin',
    name: '管理员',
    roles: ['administrator'],
    hallIds: [],
    phoneOf: null,
  },
  {
    id: 'staff-auditor',
    username: 'auditor',
    name: '审计员',
    roles: ['auditor'],
    hallIds: [],
    phoneOf: null,
  },
];
