import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { yuan } from '../state/money.ts';
import './BillLines.scss';

/** What a bill is made of, and all of it together, big. Amounts in fen. */
export function BillLines(props: {
  lines: readonly { readonly name: string; readonly amount: number }[];
  amount: number;
  /** 「应缴」 or 「已付」. */
  word: string;
}): ReactNode {
  return (
    <View className="bill-lines">
      {props.lines.map((line) => (
        <View key={line.name} className="bill-lines__line">
          <Text className="bill-lines__name">{line.name}</Text>
          <Text className="bill-lines__amount">{`${yuan(line.amount)} 元`}</Text>
        </View>
      ))}
      <View className="bill-lines__total">
        <Text className="bill-lines__word">{props.word}</Text>
        <Text className="bill-lines__figure" id="bill-total">{`${yuan(props.amount)} 元`}</Text>
      </View>
    </View>
  );
}
