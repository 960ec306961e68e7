import { Bar } from './Bar.tsx';
import type { Friend } from './friends.ts';
import { Portrait } from './icons.tsx';
import type { Card } from './types.ts';
import { chatTime } from './words.ts';

export function FriendChat(props: { friend: Friend; me: Card; now: number; onBack: () => void }) {
  const { friend, me } = props;
  return (
    <section className="view">
      <Bar title={friend.name} onBack={props.onBack} />
      <div className="scroll thread">
        <time className="stamp">{chatTime(props.now - friend.hoursAgo * 3_600_000, props.now)}</time>
        {friend.lines.map((line) => (
          <div className={`said ${line.mine ? 'said-mine' : ''}`} key={line.text}>
            <Portrait face={line.mine ? me : friend} size={40} />
            <div className="bubble">{line.text}</div>
          </div>
        ))}
      </div>
    </section>
  );
}
