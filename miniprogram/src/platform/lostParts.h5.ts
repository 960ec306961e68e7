import { say } from './gestures.ts';

/** A page's code comes over the network when it is first opened; without a network, say so instead of nothing. */
export function hearLostParts(): void {
  window.addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason;
    if (!(reason instanceof Error) || !/Loading (CSS )?chunk/.test(reason.message)) return;
    event.preventDefault();
    say('网络连接不上，请连上后再点一次');
  });
}
