import { typeOf } from '../../bson/typeOf.ts';
import { type Doc, isDocument, setField, type Value } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import { lookup } from '../../query/path.ts';
import { compileAddFields, compileProjectStage, type Projection } from '../../query/project.ts';
import { writePath } from '../../update/paths.ts';
import { compileExpression } from '../expression.ts';
import type { Flow, Stage, StageCompiler, StageContext } from '../stage.ts';

/** Stages that turn one document into one other. */
function each(name: string, change: Projection): Stage {
  return {
    name,
    *apply(input: Flow) {
      for (const doc of input) yield doc === undefined ? undefined : change(doc);
    },
  };
}

export const project: StageCompiler = (spec, context) => {
  if (!isDocument(spec)) throw new CommandError(15969, '$project specification must be an object');
  return each('$project', compileProjectStage(spec, context.variables));
};

export const addFields =
  (name: string): StageCompiler =>
  (spec, context) => {
    if (!isDocument(spec))
      throw new CommandError(40272, `${name} specification stage must be an object, got ${typeOf(spec)}`);
    return each(name, compileAddFields(spec, context.variables));
  };

export const unset: StageCompiler = (spec, context) => {
  const paths = Array.isArray(spec) ? spec : [spec];
  if (paths.length === 0 || paths.some((path) => typeof path !== 'string')) {
    throw new CommandError(
      31002,
      '$unset specification must be a string or an array containing only string values',
    );
  }
  const exclusion: Doc = {};
  for (const path of paths) setField(exclusion, path as string, 0);
  return each('$unset', compileProjectStage(exclusion, context.variables));
};

function replaceWithExpression(name: string, value: Value, context: StageContext): Stage {
  const { evaluate } = compileExpression(value, context.variables.keys());
  return each(name, (doc) => {
    const made = evaluate({ root: doc, current: doc, variables: context.variables });
    if (!isDocument(made)) {
      throw new CommandError(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was: ${made === undefined ? 'MISSING' : String(made)}. Type of resulting value: '${made === undefined ? 'missing' : typeOf(made)}'.`,
      );
    }
    return made;
  });
}

export const replaceRoot: StageCompiler = (spec, context) => {
  if (!isDocument(spec) || spec['newRoot'] === undefined)
    throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
  return replaceWithExpression('$replaceRoot', spec['newRoot'], context);
};

export const replaceWith: StageCompiler = (spec, context) =>
  replaceWithExpression('$replaceWith', spec, context);

export const unwind: StageCompiler = (spec) => {
  const options = isDocument(spec) ? spec : { path: spec };
  const path = options['path'];
  if (typeof path !== 'string')
    throw new CommandError(
      28808,
      `expected a string as the path for $unwind stage, got ${typeOf(path ?? null)}`,
    );
  if (!path.startsWith('$') || path.length < 2)
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  for (const key of Object.keys(options)) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(key))
      throw new CommandError(28811, `unrecognized option to $unwind stage: ${key}`);
  }
  const parts = path.slice(1).split('.');
  const indexField = options['includeArrayIndex'];
  if (
    indexField !== undefined &&
    (typeof indexField !== 'string' || indexField === '' || indexField.startsWith('$'))
  ) {
    throw new CommandError(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  }
  const preserve = options['preserveNullAndEmptyArrays'] === true;
  const emit = (doc: Doc, value: Value | undefined, index: number | null): Doc => {
    const copy = value === undefined ? without(doc, parts) : withValue(doc, parts, value);
    if (typeof indexField === 'string')
      writePath(copy, indexField.split('.'), index === null ? null : BigInt(index));
    return copy;
  };
  return {
    name: '$unwind',
    *apply(input) {
      for (const doc of input) {
        if (doc === undefined) {
          yield undefined;
          continue;
        }
        const value = lookup(doc, parts);
        if (Array.isArray(value)) {
          if (value.length === 0 && preserve) yield emit(doc, undefined, null);
          for (let i = 0; i < value.length; i++) yield emit(doc, value[i]!, i);
        } else if (value === undefined || value === null) {
          if (preserve) yield emit(doc, value, null);
        } else yield emit(doc, value, null);
      }
    },
  };
};

/** Copies only the documents on the path. */
function withValue(doc: Doc, parts: string[], value: Value): Doc {
  const [first, ...rest] = parts;
  const copy: Doc = { ...doc };
  setField(copy, first!, rest.length === 0 ? value : withValue(copy[first!] as Doc, rest, value));
  return copy;
}

function without(doc: Doc, parts: string[]): Doc {
  const [first, ...rest] = parts;
  const copy: Doc = { ...doc };
  if (rest.length === 0) delete copy[first!];
  else if (isDocument(copy[first!])) copy[first!] = without(copy[first!] as Doc, rest);
  return copy;
}
