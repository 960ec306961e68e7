import { findHalls } from '../halls/findHall.ts';
import { weekText } from '../halls/rules.ts';
import { bundlesWith } from './bundles.ts';
import type { MatterView } from './contract.ts';
import type { Matter } from './model.ts';
import { presentCard } from './presentCard.ts';
import { proofsOf } from './proofs.ts';

/** Of so many halls, the nearest kinds first, windows and hours are looked up. */
const lookedUp = 30;

/** The guide. Addresses of the source's papers stay here: each is asked for by its number. */
export async function presentMatter(matter: Matter): Promise<MatterView> {
  let file = 0;
  const number = ({ name }: { readonly name: string }): { file: number; name: string } => ({
    file: file++,
    name,
  });
  const places = await placesOf(matter);
  return {
    ...presentCard(matter),
    code: matter.code,
    typeLabel: matter.typeLabel,
    legalTime: matter.legalTime,
    promisedTime: matter.promisedTime,
    conditions: [...matter.conditions],
    materials: matter.materials.map(({ name, note, needed, copies, blankForms, samples }) => ({
      ...{ name, note, needed, copies: copies ?? null },
      blankForms: (blankForms ?? []).map(number),
      samples: (samples ?? []).map(number),
    })),
    steps: [...matter.steps],
    laws: [...matter.laws],
    questions: [...matter.questions],
    phone: matter.phone,
    halls: matter.halls.map(({ hallId, hallName, zone, bookable }) => ({
      ...{ id: hallId, name: hallName, zone, bookable },
      ...(places.get(hallId) ?? { windows: [], hours: [] }),
    })),
    fees: [...(matter.fees ?? [])],
    proofs: proofsOf(matter).map(({ id, name, replaces, note }) => ({
      ...{ id, name, note },
      replaces: [...replaces],
    })),
    bundles: bundlesWith(matter.code).map(({ id, name }) => ({ id, name })),
    address: matter.address ?? null,
    openingHours: matter.openingHours ?? null,
    minutes: matter.minutes,
    updatedAt: matter.updatedAt.toISOString(),
    source: sourceOf(matter),
  };
}

/** How far the guide can be trusted today, with the time of the last good copy. */
export function sourceOf(matter: Matter): NonNullable<MatterView['source']> {
  const at = (matter.checkedAt ?? matter.updatedAt).toISOString();
  if (matter.withdrawnAt) return { state: 'withdrawn', at: matter.withdrawnAt.toISOString() };
  if (matter.sourceVersion == null) return { state: 'own', at };
  if (matter.missingAtSource) return { state: 'missing', at };
  return { state: matter.checkFailedAt ? 'stale' : 'fresh', at };
}

interface Place {
  readonly windows: string[];
  readonly hours: string[];
}

async function placesOf(matter: Matter): Promise<Map<string, Place>> {
  const first = matter.halls.slice(0, lookedUp);
  const halls = await findHalls(first.map(({ hallId }) => hallId));
  return new Map(
    halls.map(({ id, zones, hours }): [string, Place] => {
      const group = first.find(({ hallId }) => hallId === id)?.group;
      const windows = zones.flatMap((zone) => zone.windows.filter((each) => each.group === group));
      return [
        id,
        {
          windows: windows.map(({ number }) => number),
          hours: weekText(hours).map((line) => `${line.days} ${line.hours}`),
        },
      ];
    }),
  );
}
