import type { Paid, PaySheet } from './paySheet.ts';

/** What WeChat's own browser puts into a page. */
interface Bridge {
  invoke(name: string, sheet: PaySheet, done: (answer: { err_msg: string }) => void): void;
}

const longestMs = 10 * 60_000;

/** Opens WeChat's cashier. What it says is a hint: the result is the server's. */
export function openCashier(sheet: PaySheet): Promise<Paid> {
  const bridge = (window as { WeixinJSBridge?: Bridge }).WeixinJSBridge;
  if (bridge) {
    return new Promise((resolve) => {
      bridge.invoke('getBrandWCPayRequest', sheet, ({ err_msg }) =>
        resolve(err_msg.endsWith(':ok') ? 'done' : err_msg.endsWith(':cancel') ? 'left' : 'failed'),
      );
    });
  }
  if (window.parent === window) return Promise.resolve('failed'); // no WeChat around this page
  return askParent(sheet);
}

/** Shown inside a page that plays WeChat: it opens the cashier for us. */
function askParent(sheet: PaySheet): Promise<Paid> {
  const id = `${Date.now()}-${Math.random()}`;
  return new Promise((resolve) => {
    const settle = (paid: Paid): void => {
      window.removeEventListener('message', heard);
      clearTimeout(timer);
      resolve(paid);
    };
    const timer = setTimeout(() => settle('failed'), longestMs);
    function heard(event: MessageEvent): void {
      const said = event.data as { type?: unknown; id?: unknown; errMsg?: unknown } | null;
      if (event.source !== window.parent || said?.type !== 'wx.requestPayment.result' || said.id !== id)
        return;
      const words = String(said.errMsg);
      settle(words.endsWith(':ok') ? 'done' : words.endsWith('cancel') ? 'left' : 'failed');
    }
    window.addEventListener('message', heard);
    window.parent.postMessage({ type: 'wx.requestPayment', id, request: sheet }, '*');
  });
}
