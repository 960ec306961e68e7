import { z } from 'zod';
import file from '../../../cloud-config/proofs.json' with { type: 'json' };
import { parseMatterCode } from '../../kernel/identifiers/matterCode.ts';
import type { Matter } from './model.ts';

export type ProofId = 'property' | 'socialSecurity';

const Table = z.strictObject({
  version: z.literal(1),
  source: z.string().min(1),
  proofs: z.array(
    z.strictObject({
      id: z.enum(['property', 'socialSecurity']),
      name: z.string().min(2),
      system: z.string().min(2),
      note: z.string().min(2),
      /** A material whose name has one of these words is such a proof, where the table does not name the matter. */
      materialWords: z.array(z.string().min(2)).min(1),
      fields: z
        .array(z.strictObject({ id: z.string().regex(/^[a-zA-Z]+$/), name: z.string().min(1) }))
        .min(1),
      usualFields: z.array(z.string()).min(1),
      matters: z.array(
        z.strictObject({
          matter: z.string(),
          /** For whoever reads the file. */
          name: z.string(),
          replaces: z.array(z.string()),
          fields: z.array(z.string()).min(1),
        }),
      ),
    }),
  ),
});

/** A proof that a matter asks for, and what of it the office needs. */
export interface MatterProof {
  readonly id: ProofId;
  readonly name: string;
  /** Who is asked. */
  readonly system: string;
  readonly note: string;
  /** Names of materials that need not be brought. */
  readonly replaces: readonly string[];
  /** The only data that may be fetched for this matter. */
  readonly fields: readonly { readonly id: string; readonly name: string }[];
}

type Asking = Pick<Matter, 'code' | 'materials' | 'proofs'>;

/** Reads and checks the table; throws when it names a field, a matter or a proof wrongly or twice. */
export function readProofs(data: unknown): (matter: Asking) => MatterProof[] {
  const { proofs } = Table.parse(data);
  const once = (what: string, ids: readonly string[]): void => {
    const twice = ids.find((id, at) => ids.indexOf(id) !== at);
    if (twice !== undefined) throw new Error(`cloud-config/proofs.json: ${what} ${twice} stands twice`);
  };
  once(
    'the proof',
    proofs.map(({ id }) => id),
  );
  for (const proof of proofs) {
    once(
      'the field',
      proof.fields.map(({ id }) => id),
    );
    once(
      'the matter',
      proof.matters.map(({ matter }) => matter),
    );
    const known = new Set(proof.fields.map(({ id }) => id));
    for (const field of [...proof.usualFields, ...proof.matters.flatMap(({ fields }) => fields)])
      if (!known.has(field)) throw new Error(`cloud-config/proofs.json: ${proof.id} has no field ${field}`);
    for (const { matter } of proof.matters)
      if (!parseMatterCode(matter))
        throw new Error(`cloud-config/proofs.json: ${matter} is no matter's code`);
  }
  return (matter) =>
    proofs.flatMap((proof): MatterProof[] => {
      const own = proof.matters.find((each) => each.matter === matter.code);
      if (!own && !matter.proofs?.includes(proof.id)) return [];
      const names = matter.materials.map(({ name }) => name);
      const wanted = own?.fields ?? proof.usualFields;
      const replaces = own
        ? own.replaces.filter((name) => names.includes(name))
        : names.filter((name) => proof.materialWords.some((word) => name.includes(word)));
      return [
        {
          id: proof.id,
          name: proof.name,
          system: proof.system,
          note: proof.note,
          replaces,
          fields: proof.fields.filter(({ id }) => wanted.includes(id)),
        },
      ];
    });
}

/**
 * R1.2, R1.3: the proofs a matter asks for, by `cloud-config/proofs.json`, else by the words of its materials with the usual
 * fields. What fetches a proof asks for these fields and no others.
 */
export const proofsOf = readProofs(file);
