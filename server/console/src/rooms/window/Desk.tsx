import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../../api/client.ts';
import {
  actOnTicket,
  callNext,
  closeWindow,
  openWindow,
  readQueue,
  readWindow,
  type StaffTicket,
  type TicketAction,
  type WindowAt,
  type WindowView,
} from '../../api/queue.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { type Act, actsFor, doneLabels } from './acts.ts';
import { Beside } from './Beside.tsx';
import { GroupsDialog } from './GroupsDialog.tsx';
import { useLastTickets } from './lastTickets.ts';
import { MoveDialog } from './MoveDialog.tsx';
import { Present } from './Present.tsx';
import { useKeys } from './useKeys.ts';

/** How often an open screen looks for newcomers; each act brings its own answer. */
const every = 3_000;

type Asking = 'move' | 'park' | 'groups' | null;

/** The desk of one window, from opening to closing. */
export function Desk({ at, zone, me }: { at: WindowAt; zone: string; me: string }): ReactNode {
  const say = useSay();
  const { modal } = App.useApp();
  const window = useLoad(async (options) => readOrClosed(at, options), [at.hall, at.number], every);
  const queue = useLoad((options) => readQueue(at.hall, options), [at.hall], 15_000);
  const [busy, setBusy] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const [last, addLast] = useLastTickets(`${at.hall}.${at.number}`);
  const view = window.data;
  const ticket = view?.ticket ?? null;
  const lines = (queue.data?.lines ?? []).filter((line) => line.zone === zone);

  const run = async (name: string, doIt: () => Promise<WindowView>): Promise<boolean> => {
    if (busy) return false;
    setBusy(name);
    try {
      window.put(await doIt());
      return true;
    } catch (thrown) {
      say.failed(thrown);
      window.reload();
      return false;
    } finally {
      setBusy(null);
      setAsking(null);
    }
  };

  const act = async (on: StaffTicket, action: Exclude<TicketAction, { do: 'resume' }>): Promise<void> => {
    const done = await run(action.do, () => actOnTicket(at, on.id, action));
    if (!done || action.do === 'serve' || action.do === 'recall') return;
    const time =
      momentText(view?.asOf ?? new Date().toISOString())
        .split(' ')
        .at(-1) ?? '';
    addLast({ label: on.label, what: doneLabels[action.do], at: time });
  };

  const press = ({ name }: Act): void => {
    if (name === 'call') void run('call', () => callNext(at));
    else if (!ticket) return;
    else if (name === 'move' || name === 'park') setAsking(name);
    else if (name === 'miss' && ticket.misses > 0) {
      modal.confirm({
        title: `${ticket.label} 第二次没有来`,
        content: '过号后这张号作废，本人需要重新取号。预约会记为未到。',
        okText: '过号作废',
        cancelText: '再等等',
        onOk: () => act(ticket, { do: 'miss' }),
      });
    } else void act(ticket, { do: name });
  };

  const acts = actsFor(ticket);
  useKeys(acts, press, view?.open === true && busy === null && asking === null);

  if (!view) return window.error ? <Failure error={window.error} onRetry={window.reload} /> : <PageWait />;
  const open = (groups?: readonly string[]): Promise<boolean> => run('open', () => openWindow(at, groups));
  return (
    <>
      <Failure error={window.error} onRetry={window.reload} />
      {view.open && view.staff && view.staff !== me && (
        <div className="window-other">
          <span>{view.staff} 正在使用这个窗口</span>
          <Button onClick={() => void open(view.groups)}>由我接手</Button>
        </div>
      )}
      <div className="window">
        {view.open ? (
          <Present view={view} acts={acts} busy={busy} onAct={press} />
        ) : (
          <section className="window-present window-shut">
            <p className="window-caption">窗口还没有开放</p>
            <p>开放后就可以叫号，叫号屏和市民的手机会同时看到。</p>
            <Button
              type="primary"
              size="large"
              className="window-main"
              loading={busy === 'open'}
              data-testid="open-window"
              onClick={() => void open()}
            >
              开放窗口
            </Button>
          </section>
        )}
        <Beside
          view={view}
          lines={lines}
          last={last}
          busy={busy}
          onResume={(parked) =>
            void run(`resume ${parked.id}`, () => actOnTicket(at, parked.id, { do: 'resume' }))
          }
          onGroups={() => setAsking('groups')}
          onClose={() => void run('close', () => closeWindow(at))}
        />
      </div>
      {ticket && (asking === 'move' || asking === 'park') && (
        <MoveDialog
          kind={asking}
          ticket={ticket}
          lines={queue.data?.lines ?? []}
          busy={busy !== null}
          onLeave={() => setAsking(null)}
          onDone={(action) => void act(ticket, action)}
        />
      )}
      {asking === 'groups' && (
        <GroupsDialog
          lines={lines}
          value={view.groups}
          busy={busy !== null}
          onLeave={() => setAsking(null)}
          onDone={(groups) => void open(groups)}
        />
      )}
    </>
  );
}

/** A window that was never opened is not known yet: for its own screen that is simply closed. */
async function readOrClosed(at: WindowAt, options: Parameters<typeof readWindow>[1]): Promise<WindowView> {
  try {
    return await readWindow(at, options);
  } catch (thrown) {
    if (!(thrown instanceof ApiError) || thrown.id !== 'queue.window_unknown') throw thrown;
    const none = { groups: [], open: false, staff: null, ticket: null, waiting: 0, parked: [] };
    return { hallId: at.hall, number: at.number, ...none, asOf: new Date().toISOString() };
  }
}
