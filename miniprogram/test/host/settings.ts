import { readFileSync } from 'node:fs';
import path from 'node:path';

interface AppJson {
  pages: string[];
  subPackages?: Array<{ root: string; pages: string[] }>;
  subpackages?: Array<{ root: string; pages: string[] }>;
  tabBar?: { list: Array<{ pagePath: string; iconPath?: string; selectedIconPath?: string }> };
  permission?: Record<string, { desc?: string }>;
}

/** What the bundle's app.json declares. */
export interface AppSettings {
  readonly raw: AppJson;
  /** All pages, those of subpackages with their root. */
  readonly routes: readonly string[];
  readonly tabs: readonly string[];
  /** Roots of the subpackages, without a slash at the end. */
  readonly roots: readonly string[];
}

export function readSettings(dist: string): AppSettings {
  const raw = readJson<AppJson>(path.join(dist, 'app.json'));
  const packages = raw.subPackages ?? raw.subpackages ?? [];
  const roots = packages.map((each) => each.root.replace(/\/$/, ''));
  return {
    raw,
    roots,
    tabs: raw.tabBar?.list.map((tab) => tab.pagePath) ?? [],
    routes: [
      ...raw.pages,
      ...packages.flatMap((each, at) => each.pages.map((page) => `${roots[at]}/${page}`)),
    ],
  };
}

export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
