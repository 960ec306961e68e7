import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { columnsOf } from '../../../../../server/areas/applications/forms/definition.ts';
import { tableOptions } from '../../../../../server/areas/applications/forms/kinds/table.ts';
import { Button } from '../../../ui/Button.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import type { FieldProps } from './field.ts';

type Row = Readonly<Record<string, unknown>>;

/** Rows one under another: a table that is wider than the phone helps nobody. */
export function Table(props: FieldProps): ReactNode {
  const { field, value, onChange, place, inner, row } = props;
  const { maxRows } = tableOptions.parse(field);
  const columns = columnsOf(field);
  const rows: readonly Row[] = Array.isArray(value) ? value.map(asRow) : [];
  const put = (at: number, fresh: Row): void => onChange(rows.map((each, n) => (n === at ? fresh : each)));
  return (
    <View className="field__stack" id={`field-${field.key}`}>
      {rows.map((cells, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own
        <View className="field__row" key={at}>
          <View className="field__rowhead">
            <Text className="field__rowtitle">{`第 ${at + 1} 行`}</Text>
            <Pressable
              className="field__remove"
              label={`删除第 ${at + 1} 行`}
              onPress={() => onChange(rows.filter((_, n) => n !== at))}
            >
              <Text>删除</Text>
            </Pressable>
          </View>
          {columns.map((column) => {
            const error = inner[`${at}.${column.key}`];
            return row({
              field: column,
              idPart: `${field.key}-${at}`,
              value: cells[column.key],
              onChange: (cell) => put(at, { ...cells, [column.key]: cell }),
              ...{ place, inner: {} },
              ...(error !== undefined && { error }),
            });
          })}
        </View>
      ))}
      {rows.length < maxRows && (
        <Button id={`field-${field.key}-add`} kind="quiet" onPress={() => onChange([...rows, {}])}>
          {rows.length === 0 ? '添加' : '再添加一行'}
        </Button>
      )}
    </View>
  );
}

/** What another program saved as a row may be anything; it is shown as an empty one. */
const asRow = (row: unknown): Row =>
  typeof row === 'object' && row !== null && !Array.isArray(row) ? (row as Row) : {};
