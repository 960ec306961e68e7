import { existsSync, mkdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Environment, fileName } from './environment.ts';
import { verifyStore } from './verify.ts';

/**
 * Copies a consistent state of the store to `to`, also while another process serves it: LMDB's snapshot is copied,
 * without the pages that are free.
 */
export async function backupStore(dir: string, to: string): Promise<void> {
  if (!existsSync(join(dir, fileName))) throw new Error(`There is no store in ${dir}.`);
  mkdirSync(to, { recursive: true });
  const target = join(to, fileName);
  if (existsSync(target)) throw new Error(`There is already a store in ${to}.`);
  const environment = new Environment(dir);
  try {
    await environment.backup(target);
  } finally {
    await environment.close();
  }
}

/** Puts a backup in place, and checks it first; never over an existing store. */
export async function restoreStore(from: string, dir: string): Promise<void> {
  const source = join(from, fileName);
  if (!existsSync(source)) throw new Error(`There is no backup in ${from}.`);
  const target = join(dir, fileName);
  if (existsSync(target)) throw new Error(`There is already a store in ${dir}; move it away first.`);
  const report = await verifyStore(from);
  if (report.problems.length > 0) throw new Error(`The backup is damaged: ${report.problems[0]}`);
  mkdirSync(dir, { recursive: true });
  await copyFile(source, target);
}
