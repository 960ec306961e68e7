import { useEffect, useState } from 'react';
import { AccountPage } from './AccountPage.tsx';
import { Banner } from './Banner.tsx';
import { AccountChat, ServiceChat } from './Chat.tsx';
import { CitizenCards } from './CitizenCards.tsx';
import { FriendChat } from './FriendChat.tsx';
import { friendsOf } from './friends.ts';
import { Gear, HallMark, Program, StatusIcons, Swap } from './icons.tsx';
import { LockScreen } from './LockScreen.tsx';
import { PageView, ProgramView } from './Overlays.tsx';
import { ScanSheet } from './ScanSheet.tsx';
import { SettingsSheet } from './SettingsSheet.tsx';
import { Tabs } from './Tabs.tsx';
import type { Link, Overlay } from './types.ts';
import { usePhone, useTime, useWide } from './usePhone.ts';
import { clock } from './words.ts';

export type Screen = 'tabs' | 'account' | 'service' | 'profile' | `friend:${string}`;

/** The whole page: whose phone it is beside (or before) the phone itself. */
export function App() {
  const phone = usePhone();
  const wide = useWide();
  const [screen, setScreen] = useState<Screen>('tabs');
  const [overlay, setOverlay] = useState<Overlay>();
  const [sheet, setSheet] = useState<'scan' | 'settings'>();
  const { state } = phone;
  const owner = state?.me.id;

  // Another person's phone starts at its chat list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the owner is what it depends on
  useEffect(() => {
    setScreen('tabs');
    setOverlay(undefined);
    setSheet(undefined);
  }, [owner]);

  const open = (link: Link) => {
    if (link.miniProgram) setOverlay({ kind: 'program', path: link.miniProgram.path });
    else if (link.url) setOverlay({ kind: 'page', url: link.url });
  };
  const cards = (
    <CitizenCards citizens={phone.citizens} current={owner} onChoose={(id) => void phone.choose(id)} />
  );
  const time = useTime(state?.now);

  const content = () => {
    if (!phone.loaded) return <div className="blank" />;
    if (!state) return wide ? <LockScreen now={time} /> : <div className="picker">{cards}</div>;
    const friend = screen.startsWith('friend:')
      ? friendsOf(state.me.id).find((one) => `friend:${one.id}` === screen)
      : undefined;
    return (
      <>
        {screen === 'tabs' && (
          <Tabs
            wide={wide}
            state={state}
            onOpen={setScreen}
            onProgram={() => setOverlay({ kind: 'program', path: '' })}
            onScan={() => setSheet('scan')}
            onSettings={() => setSheet('settings')}
            onSwitch={() => void phone.choose(null)}
          />
        )}
        {screen === 'account' && (
          <AccountChat
            state={state}
            onBack={() => setScreen('tabs')}
            onProfile={() => setScreen('profile')}
            onOpen={open}
          />
        )}
        {screen === 'service' && <ServiceChat state={state} onBack={() => setScreen('tabs')} onOpen={open} />}
        {screen === 'profile' && (
          <AccountPage
            state={state}
            onBack={() => setScreen('tabs')}
            onChat={() => setScreen('account')}
            onProgram={() => setOverlay({ kind: 'program', path: '' })}
          />
        )}
        {friend && (
          <FriendChat friend={friend} me={state.me} now={state.now} onBack={() => setScreen('tabs')} />
        )}
        {overlay?.kind === 'program' && (
          <ProgramView state={state} path={overlay.path} onClose={() => setOverlay(undefined)} />
        )}
        {overlay?.kind === 'page' && <PageView url={overlay.url} onClose={() => setOverlay(undefined)} />}
        {sheet === 'scan' && (
          <ScanSheet
            onClose={() => setSheet(undefined)}
            onScanned={() => {
              setSheet(undefined);
              setScreen('account');
            }}
          />
        )}
        {sheet === 'settings' && (
          <SettingsSheet now={state.now} receives={state.me.receives} onClose={() => setSheet(undefined)} />
        )}
        {phone.fresh && !(screen === phone.fresh.chat && !overlay) && (
          <Banner
            message={phone.fresh}
            onDismiss={phone.dismiss}
            onOpen={() => {
              setOverlay(undefined);
              setSheet(undefined);
              setScreen(phone.fresh?.chat === 'service' ? 'service' : 'account');
              phone.dismiss();
            }}
          />
        )}
        {phone.offline && <p className="offline">连接断开，正在重新连接</p>}
      </>
    );
  };

  return (
    <div className={`desk ${wide ? 'desk-wide' : ''}`}>
      {wide && (
        <aside className="side">
          <header className="side-head">
            <HallMark size={40} />
            <div>
              <h1>市民的微信</h1>
              <p>选一位市民，看看他收到什么、怎么办事</p>
            </div>
          </header>
          {cards}
          {state && (
            <div className="side-acts">
              <button
                type="button"
                onClick={() => setOverlay({ kind: 'program', path: '' })}
                data-testid="open-miniprogram"
              >
                <Program /> 小程序
              </button>
              <button type="button" onClick={() => setSheet('settings')} data-testid="open-settings">
                <Gear /> 设置
              </button>
              <button type="button" onClick={() => void phone.choose(null)}>
                <Swap /> 锁屏
              </button>
            </div>
          )}
        </aside>
      )}
      <main className={`phone ${state?.me.senior ? 'senior' : ''}`}>
        <div className="status">
          <span>{clock(time)}</span>
          <StatusIcons />
        </div>
        <div className="screen">{content()}</div>
        <div className="home-line" />
      </main>
    </div>
  );
}
