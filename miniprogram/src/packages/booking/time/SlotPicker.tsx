import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { BookingSlots } from '../../../../../server/areas/booking/contract.ts';
import { useSenior } from '../../../state/person.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import './SlotPicker.scss';

type Slot = BookingSlots['slots'][number];

const words: Record<Exclude<Slot['state'], 'open'>, string> = {
  full: '约满',
  past: '已过',
  beingTaken: '有人在约',
};

function wordOf(slot: Slot, waits: boolean): string {
  if (slot.state === 'open') return `余 ${slot.left}`;
  if (!waits) return words[slot.state];
  return slot.waiting > 0 ? `候补 ${slot.waiting} 人` : '满，可候补';
}

/** The times of a day, morning and afternoon apart. Senior mode shows the free ones only. */
export function SlotPicker(props: {
  slots: readonly Slot[];
  value: string;
  onChange: (start: string) => void;
  /** A full one was tapped, and one may wait for it; without it full ones cannot be tapped. */
  onWait?: (start: string) => void;
}): ReactNode {
  const { value, onChange, onWait } = props;
  const senior = useSenior();
  const slots = senior ? props.slots.filter((slot) => slot.state === 'open') : props.slots;
  if (slots.length === 0) return <Empty icon="clock" title="这一天没有可约的时段" note="请选别的日子" />;
  const parts = [
    { name: '上午', slots: slots.filter((slot) => slot.start < '12:00') },
    { name: '下午', slots: slots.filter((slot) => slot.start >= '12:00') },
  ].filter((part) => part.slots.length > 0);
  return (
    <>
      {parts.map((part) => (
        <View className="slots" key={part.name}>
          <Text className="slots__part">{part.name}</Text>
          <View className="slots__grid">
            {part.slots.map((slot) => {
              const waits = onWait !== undefined && slot.canWait === true;
              const word = wordOf(slot, waits);
              const on = slot.start === value;
              return (
                <Pressable
                  key={slot.start}
                  id={`slot-${slot.start.replace(':', '')}`}
                  role="radio"
                  selected={on}
                  disabled={slot.state !== 'open' && !waits}
                  label={`${slot.start} 到 ${slot.end}，${word}`}
                  className={`slots__slot ${slot.state === 'open' ? '' : 'slots__slot--off'} ${on ? 'slots__slot--on' : ''}`}
                  onPress={() => (slot.state === 'open' ? onChange(slot.start) : onWait?.(slot.start))}
                >
                  <Text className="slots__time">{`${slot.start}–${slot.end}`}</Text>
                  <Text className="slots__left">{word}</Text>
                </Pressable>
              );
            })}
          </View>
        </View>
      ))}
    </>
  );
}
