import { Input, Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { Button } from './Button.tsx';
import { Card } from './Card.tsx';
import './FindByNumber.scss';

/** Asks for the applicant's name and the number on the paper: what one needs to see something without signing in. */
export function FindByNumber(props: {
  /** Before the ids of the two boxes and the button: `progress-name`, `progress-number`, `progress-find`. */
  id: string;
  /** What the number is called, and where it stands. */
  numberName: string;
  numberHint: string;
  /** Shorter numbers cannot be meant. */
  shortest: number;
  action: string;
  busy: boolean;
  /** Filled in already, e.g. from a link. */
  number?: string;
  onFind: (name: string, number: string) => void;
}): ReactNode {
  const { id, numberName, numberHint, shortest, action, busy, onFind } = props;
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const number = typed ?? props.number ?? '';
  return (
    <Card>
      <View className="find-by">
        <Text className="find-by__label">申请人姓名</Text>
        <Input
          id={`${id}-name`}
          className="find-by__input"
          maxlength={60}
          value={name}
          placeholder="和回执上一致"
          placeholderClass="find-by__hint"
          aria-label="申请人姓名"
          onInput={(event) => setName(event.detail.value)}
        />
        <Text className="find-by__label">{numberName}</Text>
        <Input
          id={`${id}-number`}
          className="find-by__input"
          maxlength={60}
          value={number}
          placeholder={numberHint}
          placeholderClass="find-by__hint"
          aria-label={numberName}
          onInput={(event) => setTyped(event.detail.value)}
        />
        <Button
          id={`${id}-find`}
          busy={busy}
          disabled={name.trim().length < 2 || number.trim().length < shortest}
          onPress={() => onFind(name, number)}
        >
          {action}
        </Button>
      </View>
    </Card>
  );
}
