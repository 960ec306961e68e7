import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { checkInAt, type KioskView, type PaperTicket, readKiosk, takeTicket } from '../../api/kiosk.ts';
import { asApiError } from '../../api/useLoad.ts';
import { createScanReader, prefix } from './bookingCode.ts';
import { ChooseGroup } from './ChooseGroup.tsx';
import './KioskPage.css';
import { keepToken, readToken } from './kioskToken.ts';
import { Paper } from './Paper.tsx';
import { SetUp } from './SetUp.tsx';
import { TypeNumber } from './TypeNumber.tsx';

const every = 5_000;
/** Nobody touches it: back to the first page, for the next person. */
const idleMs = 60_000;

type Step =
  | { at: 'start' }
  | { at: 'number' }
  | { at: 'groups' }
  | { at: 'paper'; ticket: PaperTicket }
  | { at: 'no'; message: string };

/** A ticket machine: two large choices, then a number. Known by its token, not by a session. */
export function KioskPage(): ReactNode {
  const [token, setToken] = useState(readToken);
  const [view, setView] = useState<KioskView | null>(null);
  const [broken, setBroken] = useState<ApiError | null>(null);
  const [step, setStep] = useState<Step>({ at: 'start' });
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!token) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = async (): Promise<void> => {
      try {
        const answer = await readKiosk(token, AbortSignal.timeout(8_000));
        if (over) return;
        setView(answer);
        setBroken(null);
      } catch (thrown) {
        if (over) return;
        setBroken(
          thrown instanceof ApiError ? thrown : new ApiError('console.offline', '连接不上叫号系统', 0, null),
        );
      }
      timer = setTimeout(() => void ask(), every);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [token]);

  const home = useCallback(() => setStep({ at: 'start' }), []);
  useIdle(step.at !== 'start', home);

  const get = useCallback(
    async (ask: (token: string) => Promise<PaperTicket>): Promise<void> => {
      if (!token || busy) return;
      setBusy(true);
      try {
        setStep({ at: 'paper', ticket: await ask(token) });
      } catch (thrown) {
        setStep({ at: 'no', message: asApiError(thrown).message });
      } finally {
        setBusy(false);
      }
    },
    [token, busy],
  );
  const checkIn = useCallback((code: string) => void get((known) => checkInAt(known, code)), [get]);
  useScanner(view !== null && !view.locked && !broken, checkIn);

  if (!token || broken?.id === 'queue.kiosk_unknown') {
    return (
      <SetUp
        wrong={broken !== null}
        onToken={(next) => {
          keepToken(next);
          setBroken(null);
          setToken(next);
        }}
      />
    );
  }
  if (!view) return <Closed title="正在启动" text="请稍候" />;
  if (broken) return <Closed title="暂时不能取号" text="连接中断，请到咨询台请工作人员帮您取号" />;
  if (view.locked) return <Closed title="这台机器暂停使用" text="请到其他取号机，或到咨询台" />;
  return (
    <main className="kiosk">
      <header>
        <strong>{view.hall.name}</strong>
        <span className="kiosk-what">自助取号</span>
        {step.at !== 'start' && (
          <button type="button" className="kiosk-home" onClick={home} data-testid="kiosk-home">
            回到首页
          </button>
        )}
      </header>
      {step.at === 'start' && (
        <Start onBooked={() => setStep({ at: 'number' })} onWalkIn={() => setStep({ at: 'groups' })} />
      )}
      {step.at === 'number' && (
        <TypeNumber busy={busy} onDone={(digits) => checkIn(`${prefix}${digits}`)} onBack={home} />
      )}
      {step.at === 'groups' && (
        <ChooseGroup
          groups={view.groups}
          busy={busy}
          onTake={(asked) => void get((known) => takeTicket(known, asked))}
        />
      )}
      {step.at === 'paper' && <Paper ticket={step.ticket} onDone={home} />}
      {step.at === 'no' && (
        <section className="kiosk-no" role="alert">
          <h1>{step.message}</h1>
          <p>需要帮助，请到咨询台。</p>
          <button type="button" className="kiosk-main" onClick={home}>
            知道了
          </button>
        </section>
      )}
    </main>
  );
}

function Start(props: { onBooked: () => void; onWalkIn: () => void }): ReactNode {
  return (
    <section className="kiosk-start">
      <button
        type="button"
        className="kiosk-choice kiosk-choice-main"
        onClick={props.onBooked}
        data-testid="booked"
      >
        <b>我有预约</b>
        <span>扫预约码，或输入预约号</span>
      </button>
      <button type="button" className="kiosk-choice" onClick={props.onWalkIn} data-testid="walk-in">
        <b>没有预约</b>
        <span>选要办的业务，现场取号</span>
      </button>
      <p>预约码可以直接对准扫描口</p>
    </section>
  );
}

function Closed({ title, text }: { title: string; text: string }): ReactNode {
  return (
    <main className="kiosk kiosk-closed" data-testid="kiosk-closed">
      <h1>{title}</h1>
      <p>{text}</p>
    </main>
  );
}

function useIdle(on: boolean, then: () => void): void {
  useEffect(() => {
    if (!on) return;
    let timer = setTimeout(then, idleMs);
    const touched = (): void => {
      clearTimeout(timer);
      timer = setTimeout(then, idleMs);
    };
    window.addEventListener('pointerdown', touched);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerdown', touched);
    };
  }, [on, then]);
}

function useScanner(on: boolean, onScan: (code: string) => void): void {
  const reader = useRef(createScanReader());
  useEffect(() => {
    if (!on) return;
    const hear = (event: KeyboardEvent): void => {
      const scanned = reader.current(event.key, event.timeStamp);
      if (scanned === null) return;
      event.preventDefault(); // Enter would also press the button that has the focus
      onScan(scanned);
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [on, onScan]);
}
