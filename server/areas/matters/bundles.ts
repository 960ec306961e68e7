import { z } from 'zod';
import file from '../../../cloud-config/bundles.json' with { type: 'json' };
import { parseMatterCode } from '../../kernel/identifiers/matterCode.ts';
import { Audience, type Bundle, type BundleView } from './contract.ts';
import { matterOf } from './findMatter.ts';
import { type Matter, MatterModel } from './model.ts';
import { presentCard } from './presentCard.ts';
import { proofsOf } from './proofs.ts';

const Table = z.strictObject({
  version: z.literal(1),
  source: z.string().min(1),
  bundles: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z]+$/),
        name: z.string().min(2).max(12),
        when: z.string().min(2).max(40),
        audience: Audience,
        steps: z
          .array(
            z.strictObject({
              matter: z.string(),
              title: z.string().min(2).max(20),
              note: z.string().max(40).nullable(),
              condition: z.string().max(30).nullable(),
            }),
          )
          .min(2),
      }),
    )
    .min(1),
});
export type BundleData = z.infer<typeof Table>['bundles'][number];

/** Reads and checks `cloud-config/bundles.json`; throws when an id or a step stands twice or a code is none. */
export function readBundles(data: unknown): readonly BundleData[] {
  const { bundles } = Table.parse(data);
  if (new Set(bundles.map(({ id }) => id)).size !== bundles.length)
    throw new Error('cloud-config/bundles.json names a bundle twice');
  for (const { id, steps } of bundles) {
    if (new Set(steps.map(({ matter }) => matter)).size !== steps.length)
      throw new Error(`cloud-config/bundles.json: ${id} names a matter twice`);
    for (const { matter } of steps)
      if (!parseMatterCode(matter))
        throw new Error(`cloud-config/bundles.json: ${matter} is no matter's code`);
    if (steps[0]!.condition !== null)
      throw new Error(`cloud-config/bundles.json: the first step of ${id} must be for everybody`);
  }
  return bundles;
}

export const bundles = readBundles(file);

/** Life events with how many matters each joins that are offered now; one whose matters are gone is left out. */
export async function listBundles(): Promise<Bundle[]> {
  const offered = await offeredMatters(bundles.flatMap(({ steps }) => steps.map(({ matter }) => matter)));
  return bundles.map((each) => presentBundle(each, offered)).filter(({ count }) => count > 0);
}

/** One life event: its matters in order, and every paper once. Null when there is none, or nothing left of it. */
export async function findBundle(id: string): Promise<BundleView | null> {
  const bundle = bundles.find((each) => each.id === id);
  if (!bundle) return null;
  const offered = await offeredMatters(bundle.steps.map(({ matter }) => matter));
  const steps = bundle.steps.flatMap(({ matter, ...step }) => {
    const found = offered.get(matter);
    return found ? [{ ...step, matter: presentCard(found) }] : [];
  });
  if (steps.length === 0) return null;
  return { ...presentBundle(bundle, offered), steps, materials: joinMaterials(bundle, offered) };
}

/** The bundles that a matter belongs to. */
export const bundlesWith = (code: string): readonly BundleData[] =>
  bundles.filter(({ steps }) => steps.some(({ matter }) => matter === code));

const presentBundle = (
  { id, name, when, audience, steps }: BundleData,
  offered: ReadonlyMap<string, Matter>,
): Bundle => ({
  ...{ id, name, when, audience },
  count: steps.filter(({ matter }) => offered.has(matter)).length,
});

/** What to bring for all of them, without what the hall looks up itself. */
function joinMaterials(bundle: BundleData, offered: ReadonlyMap<string, Matter>): BundleView['materials'] {
  const joined = new Map<string, { name: string; note: string | null; for: string[] }>();
  for (const { matter, title } of bundle.steps) {
    const found = offered.get(matter);
    if (!found) continue;
    const spared = new Set(proofsOf(found).flatMap(({ replaces }) => replaces));
    for (const { name, note, needed } of found.materials) {
      if (!needed || spared.has(name)) continue;
      const known = joined.get(name);
      if (known) known.for.push(title);
      else joined.set(name, { name, note, for: [title] });
    }
  }
  return [...joined.values()].sort((a, b) => b.for.length - a.for.length);
}

async function offeredMatters(codes: readonly string[]): Promise<Map<string, Matter>> {
  const found = await MatterModel.find({ code: { $in: [...new Set(codes)] }, withdrawnAt: null }).lean<
    never[]
  >();
  return new Map(found.map((each) => matterOf(each)).map((matter) => [matter.code, matter]));
}
