import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './settings.ts';

const rooms = ['server', 'mocks', 'miniprogram/test'];
/** What touches the hall's store; the stand-ins' own tests would only repeat themselves on another one. */
const onStore = ['server/', 'miniprogram/test/', 'mocks/mongodb/battery/'];

/** Every test file of the project, by its path from the root. */
export function allTestFiles(): readonly string[] {
  return rooms.flatMap((room) =>
    (readdirSync(path.join(root, room), { recursive: true }) as string[])
      .filter((file) => file.endsWith('.test.ts') && !/(^|\/)(node_modules|dist)\//.test(file))
      .map((file) => `${room}/${file}`)
      .sort(),
  );
}

export const touchesStore = (file: string): boolean => onStore.some((room) => file.startsWith(room));
