import { useEffect, useState } from 'react';
import { type CashierAnswer, cashier } from './api.ts';

/** A page inside the phone asks for the cashier, as it would by wx.requestPayment. */
export interface Asked {
  readonly request: unknown;
  /** Tells the page how it ended, in WeChat's words. */
  readonly tell: (errMsg: string) => void;
}

/** Reads a page's message; nothing when it is about something else. */
export function askedIn(event: MessageEvent): Asked | undefined {
  const data = event.data as { type?: unknown; id?: unknown; request?: unknown } | null;
  if (data?.type !== 'wx.requestPayment') return undefined;
  const { id, request } = data;
  return {
    request,
    tell: (errMsg) =>
      event.source?.postMessage(
        { type: 'wx.requestPayment.result', id, errMsg },
        { targetOrigin: event.origin },
      ),
  };
}

const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** WeChat's cashier: what for, how much, and the tap that pays. */
export function CashierSheet(props: { asked: Asked; onDone: () => void }) {
  const { asked, onDone } = props;
  const [answer, setAnswer] = useState<CashierAnswer>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void cashier('open', asked.request).then(setAnswer, () =>
      setAnswer({ ok: false, message: '支付暂时不可用，请稍后再试' }),
    );
  }, [asked]);
  const end = (errMsg: string) => {
    asked.tell(errMsg);
    onDone();
  };
  const pay = async () => {
    setBusy(true);
    const paid = await cashier('pay', asked.request).catch(
      (): CashierAnswer => ({ ok: false, message: '网络不通，请稍后再试' }),
    );
    setBusy(false);
    if (paid.ok) end('requestPayment:ok');
    else setAnswer(paid);
  };
  const leave = () =>
    end(answer?.ok ? 'requestPayment:fail cancel' : `requestPayment:fail ${answer?.message}`);
  return (
    <div className="sheet-back" data-testid="cashier">
      <button type="button" className="sheet-shade" onClick={leave} aria-label="放弃支付" />
      <section className="sheet cashier" role="dialog" aria-label="微信支付">
        <header>
          <h2>微信支付</h2>
        </header>
        <div className="sheet-body">
          {!answer && <p className="empty">正在打开</p>}
          {answer?.sheet && (
            <>
              <p className="cashier-for">{answer.sheet.description}</p>
              <p className="cashier-total">
                <small>¥</small>
                {yuan(answer.sheet.total)}
              </p>
              <button
                type="button"
                className="solid"
                disabled={busy}
                onClick={() => void pay()}
                data-testid="cashier-pay"
              >
                {busy ? '正在支付' : '确认支付'}
              </button>
            </>
          )}
          {answer && !answer.ok && <p className="problem">{answer.message}</p>}
          <button type="button" className="plain cashier-leave" onClick={leave} data-testid="cashier-leave">
            {answer && !answer.ok ? '知道了' : '暂不支付'}
          </button>
        </div>
      </section>
    </div>
  );
}
