import { type Doc, isDocument, setField, type Value } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import { compileExpression } from '../expression.ts';
import type { StageCompiler } from '../stage.ts';

const keep = '\0keep';
const prune = '\0prune';
const descend = '\0descend';

/** Keeps, drops or looks into each document and its inner documents. */
export const redact: StageCompiler = (spec, context) => {
  const names = ['KEEP', 'PRUNE', 'DESCEND'];
  const { evaluate } = compileExpression(spec, [...context.variables.keys(), ...names]);
  const variables = new Map<string, Value | undefined>([
    ...context.variables,
    ['KEEP', keep],
    ['PRUNE', prune],
    ['DESCEND', descend],
  ]);
  const visit = (doc: Doc, root: Doc): Doc | undefined => {
    const verdict = evaluate({ root, current: doc, variables });
    if (verdict === keep) return doc;
    if (verdict === prune) return undefined;
    if (verdict !== descend) {
      throw new CommandError(
        17053,
        "$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE",
      );
    }
    const result: Doc = {};
    for (const key of Object.keys(doc)) {
      const inner = visitValue(doc[key]!, root);
      if (inner !== undefined) setField(result, key, inner);
    }
    return result;
  };
  const visitValue = (value: Value, root: Doc): Value | undefined => {
    if (isDocument(value)) return visit(value, root);
    if (Array.isArray(value))
      return value.map((item) => visitValue(item, root)).filter((item) => item !== undefined);
    return value;
  };
  return {
    name: '$redact',
    *apply(input) {
      for (const doc of input) {
        if (doc === undefined) {
          yield undefined;
          continue;
        }
        const result = visit(doc, doc);
        if (result) yield result;
      }
    },
  };
};
