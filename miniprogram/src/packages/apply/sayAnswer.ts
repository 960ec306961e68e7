import { columnsOf } from '../../../../server/areas/applications/forms/definition.ts';
import { type Field, isEmpty } from '../../../../server/areas/applications/forms/kind.ts';
import { sayFen } from '../../../../server/areas/applications/forms/kinds/money.ts';

const optionsOf = (field: Field): readonly { code: string; label?: string; name?: string }[] =>
  (field['choices'] ?? field['codes'] ?? field['towns'] ?? []) as readonly {
    code: string;
    label?: string;
    name?: string;
  }[];

/** An answer in words, for looking over. */
export function sayAnswer(field: Field, value: unknown): string {
  if (isEmpty(value)) return '未填';
  const wordOf = (code: unknown): string => {
    const found = optionsOf(field).find((each) => each.code === code);
    return found?.label ?? found?.name ?? String(code);
  };
  const parts = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const part = (key: string): string => String(parts[key] ?? '');
  switch (field.kind) {
    case 'money':
      return typeof value === 'number' ? `${sayFen(value)} 元` : String(value);
    case 'yesNo':
      return value === true ? '是' : '否';
    case 'choice':
    case 'codeList':
      return wordOf(value);
    case 'choices':
      return Array.isArray(value) ? value.map(wordOf).join('、') : String(value);
    case 'address':
      return `${wordOf(part('town'))}${part('detail')}`;
    case 'dateRange':
      return `${part('from')} 至 ${part('to')}`;
    case 'licence':
      return part('name');
    case 'bankAccount':
      return `${part('holder')}，${part('bank')}，${part('number')}`;
    case 'statement':
      return '已承诺';
    case 'attachment':
      return Array.isArray(value) ? `${value.length} 个文件` : '';
    case 'table': {
      if (!Array.isArray(value)) return '';
      const columns = columnsOf(field);
      return value
        .map((row: Record<string, unknown> | null) =>
          columns.map((column) => sayAnswer(column, row?.[column.key])).join('，'),
        )
        .join('；');
    }
    default:
      return `${String(value)}${typeof field['unit'] === 'string' ? ` ${field['unit']}` : ''}`;
  }
}
