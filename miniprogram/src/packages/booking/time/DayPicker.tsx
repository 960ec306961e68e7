import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { BookingDays } from '../../../../../server/areas/booking/contract.ts';
import { say } from '../../../platform/gestures.ts';
import { useSenior } from '../../../state/person.ts';
import { Pressable } from '../../../ui/Pressable.tsx';
import './DayPicker.scss';

type Day = BookingDays['days'][number];

const words: Record<Day['state'], string> = {
  open: '',
  full: '约满',
  closed: '不可约',
  notReleased: '未放号',
};

/** A short reason fits the square as it is; a longer one is told on a tap. */
function wordOf(day: Day): string {
  if (day.state === 'open') return `余 ${day.left}`;
  return day.note !== null && day.note.length <= 4 ? day.note : words[day.state];
}

const canChoose = (day: Day, full: boolean): boolean =>
  day.state === 'open' || (full && day.state === 'full');

/** The days one may choose from; a closed one says why when tapped. Senior mode shows the open ones only. */
export function DayPicker(props: {
  days: readonly Day[];
  value: string;
  onChange: (date: string) => void;
  /** A full day may be chosen too, to wait for a place. */
  full?: boolean;
}): ReactNode {
  const { value, onChange, full = false } = props;
  const senior = useSenior();
  const days = senior ? props.days.filter((day) => canChoose(day, full)) : props.days;
  return (
    <View className="days">
      {days.map((day) => {
        const [date = day.label, weekday = ''] = day.label.split(' ');
        const word = wordOf(day);
        const on = day.date === value;
        return (
          <Pressable
            key={day.date}
            id={`day-${day.date}`}
            role="radio"
            selected={on}
            label={`${day.label}，${word}`}
            className={`days__day days__day--${day.state} ${on ? 'days__day--on' : ''}`}
            onPress={() => (canChoose(day, full) ? onChange(day.date) : say(day.note ?? words[day.state]))}
          >
            <Text className="days__weekday">{weekday}</Text>
            <Text className="days__date">{date}</Text>
            <Text className="days__left">{word}</Text>
          </Pressable>
        );
      })}
    </View>
  );
}
