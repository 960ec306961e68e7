/** What the console's parts ask for. Which role has which is data: `cloud-config/roles.json`. */
export const permissions = [
  'bookings.read',
  'broadcasts.read',
  'broadcasts.write',
  'broadcasts.approve',
  'broadcasts.run',
  'notices.read',
  'notices.resend',
  'inbox.read',
  'inbox.answer',
  'replies.read',
  'replies.write',
  'menu.read',
  'menu.write',
  'templates.read',
  'statistics.read',
  'staff.read',
  'staff.write',
  'audit.read',
] as const;
export type Permission = (typeof permissions)[number];
