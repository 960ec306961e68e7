import { type Doc, getField, isDocument, setField, type Value } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import type { OperatorCompiler } from '../expression.ts';
import { isNullish, named, typeName } from './helpers.ts';

export const objectOperators: Record<string, OperatorCompiler> = {
  $mergeObjects: (value, compiler) => {
    const parts = (Array.isArray(value) ? value : [value]).map((item) => compiler.compile(item));
    return (scope) => {
      const result: Doc = {};
      for (const part of parts) {
        const item = part(scope);
        if (isNullish(item)) continue;
        if (!isDocument(item))
          throw new CommandError(
            40400,
            `$mergeObjects requires object inputs, but input ${typeName(item)} is of type ${typeName(item)}`,
          );
        for (const key of Object.keys(item)) setField(result, key, item[key]!);
      }
      return result;
    };
  },
  $objectToArray: (value, compiler, op) => {
    const [part] = compiler.operands(op, value, 1);
    return (scope) => {
      const item = part!(scope);
      if (isNullish(item)) return null;
      if (!isDocument(item))
        throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(item)}`);
      return Object.keys(item).map((k): Value => ({ k, v: item[k]! }));
    };
  },
  $getField: (value, compiler, op) => {
    const whole = isDocument(value) && value['field'] !== undefined;
    const parts = whole
      ? named(op, value, compiler, ['field'], ['input'])
      : { field: compiler.compile(value) };
    const input = parts['input'] ?? compiler.compile('$$CURRENT');
    return (scope) => {
      const name = parts['field']!(scope);
      if (typeof name !== 'string')
        throw new CommandError(3041704, `$getField requires 'field' to evaluate to type String`);
      const item = input(scope);
      if (item === null) return null;
      return isDocument(item) ? getField(item, name) : undefined;
    };
  },
  $setField: (value, compiler, op) => {
    const { field, input, value: inner } = named(op, value, compiler, ['field', 'input', 'value']);
    return (scope) => {
      const name = field!(scope);
      if (typeof name !== 'string')
        throw new CommandError(4161107, `$setField requires 'field' to evaluate to type String`);
      const item = input!(scope);
      if (isNullish(item)) return null;
      if (!isDocument(item))
        throw new CommandError(4161105, `$setField requires 'input' to evaluate to type Object`);
      const result: Doc = { ...item };
      const set = inner!(scope);
      if (set === undefined) delete result[name];
      else setField(result, name, set);
      return result;
    };
  },
  $unsetField: (value, compiler, op) => {
    const { field, input } = named(op, value, compiler, ['field', 'input']);
    return (scope) => {
      const item = input!(scope);
      if (isNullish(item)) return null;
      if (!isDocument(item))
        throw new CommandError(4161105, `$unsetField requires 'input' to evaluate to type Object`);
      const result: Doc = { ...item };
      delete result[String(field!(scope))];
      return result;
    };
  },
};
