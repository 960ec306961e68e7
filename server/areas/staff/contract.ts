import { z } from 'zod';

/** Roles of the first release; the table of what each may do is data in `cloud-config/roles.json`. */
export const Role = z.enum([
  'windowClerk',
  'hallManager',
  'publisher',
  'approver',
  'administrator',
  'auditor',
]);
export type Role = z.infer<typeof Role>;

export const StaffSignIn = z.object({
  username: z.string().min(1).max(40),
  password: z.string().min(1).max(100),
});
export const StaffView = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  roles: z.array(Role),
  roleLabels: z.array(z.string()),
  /** What the console may show: 'bookings.read', 'broadcasts.write', 'broadcasts.approve' … */
  permissions: z.array(z.string()),
  hall: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type StaffView = z.infer<typeof StaffView>;

export const staffErrors = {
  wrong: { id: 'staff.wrong_password', status: 401, message: '用户名或密码不正确。' },
  locked: { id: 'staff.locked', status: 423, message: '连续多次输错密码，账号已锁定 30 分钟，请稍后再试。' },
  weakPassword: { id: 'staff.weak_password', status: 400, message: '密码太简单，请换一个密码。' },
  nameTaken: { id: 'staff.name_taken', status: 409, message: '这个用户名已有人使用，请换一个。' },
  rolesApart: {
    id: 'staff.roles_apart',
    status: 409,
    message: '这些角色按规定不能由同一个人担任，请分给不同的人。',
  },
} as const;
