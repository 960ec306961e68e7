import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Role } from './contract.ts';
import { type Permission, permissions } from './permissions.ts';

const RoleTable = z.strictObject({
  version: z.literal(1),
  roles: z.array(
    z.strictObject({ id: Role, label: z.string().min(2), may: z.array(z.enum(permissions)).min(1) }),
  ),
  /** Roles one person may not hold together (三员分立, GB/T 22239-2019 8.1.5). */
  apart: z.array(z.tuple([Role, Role])),
});

export interface Roles {
  readonly all: readonly { readonly id: Role; readonly label: string }[];
  labelOf(role: string): string;
  /** What these roles may do together, in the order of `permissions`; an unknown role may nothing. */
  permissionsOf(roles: readonly string[]): Permission[];
  /** The first two of these roles that one person may not hold together, or null. */
  conflictOf(roles: readonly string[]): readonly [Role, Role] | null;
}

/** The table of roles, checked when it is loaded: every role of the contract stands in it once. */
export function readRoles(text: string): Roles {
  const table = RoleTable.parse(JSON.parse(text));
  const byId = new Map<string, (typeof table.roles)[number]>(table.roles.map((role) => [role.id, role]));
  for (const role of Role.options) {
    if (!byId.has(role)) throw new Error(`cloud-config/roles.json: the role ${role} is missing`);
  }
  if (byId.size !== table.roles.length) throw new Error('cloud-config/roles.json names a role twice');
  return {
    all: table.roles.map(({ id, label }) => ({ id, label })),
    labelOf: (role) => byId.get(role)?.label ?? role,
    permissionsOf: (roles) => {
      const held = new Set(roles.flatMap((role) => byId.get(role)?.may ?? []));
      return permissions.filter((each) => held.has(each));
    },
    conflictOf: (roles) => table.apart.find(([a, b]) => roles.includes(a) && roles.includes(b)) ?? null,
  };
}

export const roles = readRoles(
  readFileSync(new URL('../../../cloud-config/roles.json', import.meta.url), 'utf8'),
);
