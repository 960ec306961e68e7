import type { Received } from './server.ts';

const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What the phones received, newest first. */
export function receivedPage(received: readonly Received[]): string {
  const rows = [...received]
    .reverse()
    .slice(0, 200)
    .map(
      ({ at, phone, text }) =>
        `<li><time>${safe(at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false }))}</time><b>${safe(phone)}</b><p>${safe(text)}</p></li>`,
    )
    .join('');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>收到的短信</title><style>
body{margin:0;background:#f2f4f4;font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#1d2b2d}
main{max-width:560px;margin:0 auto;padding:24px 16px}h1{font-size:20px;margin:0 0 16px}
ul{list-style:none;margin:0;padding:0;display:grid;gap:12px}
li{padding:14px 16px;border-radius:12px;background:#fff}b{font-variant-numeric:tabular-nums}
time{float:right;font-size:13px;color:#5b6b6d}p{margin:6px 0 0;overflow-wrap:anywhere}
</style><main><h1>收到的短信</h1>${rows ? `<ul>${rows}</ul>` : '<p>还没有短信。微信收不到消息的人，重要通知会发到这里。</p>'}</main></html>`;
}
