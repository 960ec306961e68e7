import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { RowProps } from './field.ts';
import { renderers } from './renderers.tsx';
import './fields.scss';

/** A field with its name, help, and what is wrong with it. */
export function FieldRow(props: RowProps): ReactNode {
  const { error, idPart, ...rest } = props;
  const { field } = rest;
  const Renderer = renderers.get(field.kind);
  if (!Renderer) return null;
  const own = idPart === undefined ? field : { ...field, key: `${idPart}-${field.key}` };
  const bare = field.kind === 'notice';
  return (
    <View className={`field ${error ? 'field--wrong' : ''}`} id={`row-${own.key}`}>
      {!bare && (
        <View className="field__head">
          <Text className="field__label">{field.label}</Text>
          {!field.required && field.kind !== 'calculated' && <Text className="field__optional">选填</Text>}
        </View>
      )}
      {field.help && <Text className="field__help">{field.help}</Text>}
      <Renderer {...rest} field={idPart === undefined ? field : own} row={drawRow} />
      {error && (
        <Text className="field__error" aria-role="alert">
          {error}
        </Text>
      )}
    </View>
  );
}

const drawRow = (props: RowProps): ReactNode => <FieldRow key={props.field.key} {...props} />;
