import { useState } from 'react';
import type { Screen } from './App.tsx';
import { Bar } from './Bar.tsx';
import { friendsOf } from './friends.ts';
import {
  Chats,
  Compass,
  Forward,
  Gear,
  HallMark,
  Me,
  Portrait,
  Program,
  Scan,
  ServiceMark,
  Swap,
} from './icons.tsx';
import type { Message, PhoneState } from './types.ts';
import { listTime, snippet } from './words.ts';

type Props = {
  wide: boolean;
  state: PhoneState;
  onOpen: (screen: Screen) => void;
  onProgram: () => void;
  onScan: () => void;
  onSettings: () => void;
  onSwitch: () => void;
};

export function Tabs(props: Props) {
  const [tab, setTab] = useState<'chats' | 'discover' | 'me'>('chats');
  const { unread } = props.state.me;
  return (
    <section className="view">
      {tab === 'chats' && <ChatList {...props} />}
      {tab === 'discover' && <Discover {...props} />}
      {tab === 'me' && <Mine {...props} />}
      <nav className="tabs">
        <button type="button" aria-current={tab === 'chats'} onClick={() => setTab('chats')}>
          <Chats />
          <span>微信</span>
          {unread > 0 && <span className="badge">{unread}</span>}
        </button>
        <button
          type="button"
          aria-current={tab === 'discover'}
          onClick={() => setTab('discover')}
          data-testid="tab-discover"
        >
          <Compass />
          <span>发现</span>
        </button>
        <button type="button" aria-current={tab === 'me'} onClick={() => setTab('me')} data-testid="tab-me">
          <Me />
          <span>我</span>
        </button>
      </nav>
    </section>
  );
}

type Row = { key: Screen; name: string; line: string; at: number; unread: number; picture: React.ReactNode };

function ChatList({ state, onOpen }: Props) {
  const of = (chat: Message['chat']) => state.messages.filter((message) => message.chat === chat);
  const unreadOf = (list: Message[]) => list.filter((message) => !message.read).length;
  const rows: Row[] = friendsOf(state.me.id).map((friend) => ({
    key: `friend:${friend.id}`,
    name: friend.name,
    line: friend.lines.at(-1)?.text ?? '',
    at: state.now - friend.hoursAgo * 3_600_000,
    unread: 0,
    picture: <Portrait face={friend} />,
  }));
  const account = of('account');
  const last = account.at(-1);
  if (state.me.follows || last) {
    rows.push({
      key: 'account',
      name: '增城政务服务',
      line: last ? snippet(last.content) : '你已关注，点开就能办事',
      at: last?.at ?? state.now,
      unread: unreadOf(account),
      picture: <HallMark />,
    });
  }
  const service = of('service');
  const lastService = service.at(-1);
  if (lastService) {
    rows.push({
      key: 'service',
      name: '服务通知',
      line: snippet(lastService.content),
      at: lastService.at,
      unread: unreadOf(service),
      picture: <ServiceMark />,
    });
  }
  rows.sort((a, b) => b.at - a.at);
  return (
    <>
      <Bar title="微信" />
      <div className="scroll list">
        {rows.map((row) => (
          <button
            type="button"
            className="row"
            key={row.key}
            onClick={() => onOpen(row.key)}
            data-testid={row.key === 'account' ? 'chat-official' : `chat-${row.key.replace(':', '-')}`}
          >
            <span className="row-picture">
              {row.picture}
              {row.unread > 0 && <span className="badge">{row.unread}</span>}
            </span>
            <span className="row-words">
              <b>{row.name}</b>
              <small>{row.line}</small>
            </span>
            <time>{listTime(row.at, state.now)}</time>
          </button>
        ))}
        {!state.me.follows && (
          <button type="button" className="row" onClick={() => onOpen('profile')} data-testid="find-account">
            <span className="row-picture">
              <HallMark />
            </span>
            <span className="row-words">
              <b>增城政务服务</b>
              <small>还没有关注这个公众号</small>
            </span>
          </button>
        )}
      </div>
    </>
  );
}

function Discover({ wide, onScan, onProgram, onOpen }: Props) {
  return (
    <>
      <Bar title="发现" />
      <div className="scroll">
        <div className="group">
          <Cell icon={<Scan />} label="扫一扫" onClick={onScan} testId="open-scan" />
        </div>
        <div className="group">
          <Cell
            icon={<Program />}
            label="小程序：增城政务服务"
            onClick={onProgram}
            testId={wide ? 'discover-miniprogram' : 'open-miniprogram'}
          />
          <Cell icon={<Lens />} label="公众号：增城政务服务" onClick={() => onOpen('profile')} />
        </div>
      </div>
    </>
  );
}

const Lens = () => <HallMark size={24} />;

function Mine({ state, onSettings, onSwitch }: Props) {
  return (
    <div className="scroll">
      <div className="me">
        <Portrait face={state.me} size={64} />
        <div>
          <b>{state.me.nickname}</b>
          <small>{state.me.about}</small>
        </div>
      </div>
      <div className="group">
        <Cell icon={<Gear />} label="演示设置" onClick={onSettings} />
        <Cell icon={<Swap />} label="换一位市民" onClick={onSwitch} testId="switch-citizen" />
      </div>
    </div>
  );
}

function Cell(props: { icon: React.ReactNode; label: string; onClick: () => void; testId?: string }) {
  return (
    <button type="button" className="cell" onClick={props.onClick} data-testid={props.testId}>
      <span className="cell-icon">{props.icon}</span>
      <span>{props.label}</span>
      <Forward />
    </button>
  );
}
