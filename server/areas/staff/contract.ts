import { z } from 'zod';

/** Roles of the first release; the table of what each may do is data in `cloud-config/roles.json`. */
export const Role = z.enum([
  'windowClerk',
  'hallManager',
  'publisher',
  'approver',
  'administrator',
  'auditor',
  'cashier',
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

/** An account as administrators see it. */
export const Account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  roles: z.array(Role),
  roleLabels: z.array(z.string()),
  hallIds: z.array(z.string()),
  disabled: z.boolean(),
  /** Nobody changes their own rights. */
  isMe: z.boolean(),
});
export type Account = z.infer<typeof Account>;
export const AccountList = z.object({
  accounts: z.array(Account),
  /** The table of roles, for the form. */
  roles: z.array(z.object({ id: Role, label: z.string() })),
});
export type AccountList = z.infer<typeof AccountList>;

const AccountFields = z.object({
  name: z.string().trim().min(1).max(20),
  roles: z.array(Role).min(1).max(5),
  hallIds: z.array(z.string().max(40)).max(20).default([]),
});
export const NewAccount = AccountFields.extend({
  username: z
    .string()
    .trim()
    .regex(/^[A-Za-z][A-Za-z0-9._-]{2,29}$/),
  password: z.string().min(1).max(100),
});
export type NewAccount = z.infer<typeof NewAccount>;
export const AccountChange = AccountFields.extend({ disabled: z.boolean() });
export type AccountChange = z.infer<typeof AccountChange>;
export const AccountParams = z.object({ id: z.string().max(40) });
export const PasswordReset = z.object({ password: z.string().min(1).max(100) });
export const PasswordChange = z.object({
  current: z.string().min(1).max(100),
  password: z.string().min(1).max(100),
});

export const staffErrors = {
  wrong: { id: 'staff.wrong_password', status: 401, message: '用户名或密码不正确。' },
  locked: { id: 'staff.locked', status: 423, message: '连续多次输错密码，账号已锁定 30 分钟，请稍后再试。' },
  weakPassword: { id: 'staff.weak_password', status: 400, message: '密码太简单，请换一个密码。' },
  notFound: { id: 'staff.not_found', status: 404, message: '没有找到这个账号。' },
  notYourself: {
    id: 'staff.not_yourself',
    status: 403,
    message: '不能修改自己的角色或停用自己的账号，请由另一位管理员操作。',
  },
  currentWrong: { id: 'staff.current_wrong', status: 400, message: '现在的密码不正确。' },
  nameTaken: { id: 'staff.name_taken', status: 409, message: '这个用户名已有人使用，请换一个。' },
  rolesApart: {
    id: 'staff.roles_apart',
    status: 409,
    message: '这些角色按规定不能由同一个人担任，请分给不同的人。',
  },
} as const;
