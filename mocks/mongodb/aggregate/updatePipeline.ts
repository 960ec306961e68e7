import { type Doc, isDocument, type Value } from '../bson/value.ts';
import { CommandError, failedToParse } from '../errors.ts';
import type { Variables } from '../query/filter.ts';
import type { StageContext } from './stage.ts';
import { addFields, project, replaceRoot, replaceWith, unset } from './stages/shape.ts';

const allowed = {
  $set: addFields('$set'),
  $addFields: addFields('$addFields'),
  $project: project,
  $unset: unset,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
};

/** An update written as a pipeline: each stage turns the document into its next form. */
export function compileUpdatePipeline(stages: Value[], variables: Variables | undefined): (doc: Doc) => Doc {
  const context: StageContext = {
    database: '',
    variables: variables ?? new Map<string, Value | undefined>(),
    read: () => [],
    compile: () => (input) => input,
    run: () => [],
  };
  const compiled = stages.map((spec) => {
    if (!isDocument(spec))
      throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
    const [name] = Object.keys(spec);
    if (name === undefined || !Object.hasOwn(allowed, name)) throw failedToParseStage(name ?? '');
    return allowed[name as keyof typeof allowed](spec[name]!, context);
  });
  return (doc) => {
    let flow: Iterable<Doc | undefined> = [doc];
    for (const stage of compiled) flow = stage.apply(flow);
    for (const result of flow) if (result) return result;
    return doc;
  };
}

function failedToParseStage(name: string): CommandError {
  if (!name.startsWith('$')) return failedToParse(`Unrecognized pipeline stage name: '${name}'`);
  return new CommandError(72, `${name} is not allowed to be used within an update`);
}
