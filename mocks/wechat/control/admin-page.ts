import type Router from 'koa-router';
import { escapeHtml } from '../api/pages.ts';
import type { Faults } from '../core/faults.ts';
import type { Platform } from '../platform.ts';

const channels: Record<string, string> = {
  template: '模板消息',
  subscribe: '小程序订阅消息',
  bizsend: '公众号订阅通知',
  custom: '客服消息',
  mass: '群发',
  preview: '群发预览',
  passive: '被动回复',
};

const switches: { label: string; change: Partial<Faults> & { followers?: number } }[] = [
  {
    label: '一切正常',
    change: {
      latencyMs: 0,
      errorRate: 0,
      hold: false,
      dropResponses: 0,
      dropEvents: 0,
      duplicateEvents: 0,
      reorderMs: 0,
      errcode: -1,
      paths: [],
    },
  },
  { label: '每次慢 50 毫秒', change: { latencyMs: 50 } },
  { label: '两成系统繁忙（-1）', change: { errorRate: 0.2, errcode: -1 } },
  { label: '全部当日超额（45009）', change: { errorRate: 1, errcode: 45009, paths: ['/cgi-bin/message/'] } },
  { label: '两成网关错误（502）', change: { errorRate: 0.2, errcode: 502 } },
  { label: '办了不回答（三成）', change: { dropResponses: 0.3 } },
  { label: '回执不来', change: { dropEvents: 1 } },
  { label: '回执来两次', change: { duplicateEvents: 1 } },
  { label: '一百万虚拟关注者', change: { followers: 1_000_000 } },
  { label: '没有虚拟关注者', change: { followers: 0 } },
];

type Cell = string | number;

function table(heads: string[], rows: Cell[][], empty: string): string {
  if (rows.length === 0) return `<p class="none">${empty}</p>`;
  const cell = (value: Cell) =>
    `<td${typeof value === 'number' ? ' class="n"' : ''}>${escapeHtml(String(value))}</td>`;
  return `<table><thead><tr>${heads.map((head, at) => `<th${typeof rows[0]?.[at] === 'number' ? ' class="n"' : ''}>${head}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</tbody></table>`;
}

const time = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(11, 19);

function page(platform: Platform): string {
  const { world } = platform;
  const report = world.ledger.report();
  const appid = world.appid('oa');
  const quota = [
    '/cgi-bin/message/template/send',
    '/cgi-bin/message/mass/sendall',
    '/cgi-bin/token',
    '/cgi-bin/stable_token',
  ];
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>微信平台替身</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="refresh" content="5">
<style>
body{margin:0;background:#eef1f1;color:#16262b;font:15px/1.6 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif}
main{max-width:1080px;margin:0 auto;padding:32px 24px 64px}h1{font-size:24px;margin:0}h2{font-size:17px;margin:32px 0 8px}
table{width:100%;border-collapse:collapse;background:#fff}th,td{padding:8px 12px;text-align:left;border-bottom:1px solid #e3e8e9;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:500;color:#53656b;font-size:13px}.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.none{margin:0;padding:12px;background:#fff;color:#53656b}p{margin:4px 0;color:#53656b}
button{font:inherit;margin:0 8px 8px 0;padding:6px 14px;border:1px solid #b9c7ca;border-radius:6px;background:#fff;color:#1f5a6b;cursor:pointer}
a{color:#1f5a6b}
</style></head><body><main>
<h1>微信平台替身</h1>
<p>关注者 ${world.people.followerCount} 人，其中虚拟 ${world.people.virtual.count} 人。推送${world.delivery.configured ? '已接到' : '没有接到'}服务大厅。<a href="/phone/">打开市民的手机</a></p>
<h2>开关</h2><div>${switches
    .map((one) => `<button type="button" data-change='${JSON.stringify(one.change)}'>${one.label}</button>`)
    .join('')}</div>
<p>现在：回答慢 ${world.faults.current.latencyMs} 毫秒，出错 ${world.faults.current.errorRate}（${world.faults.current.errcode}），不回答 ${world.faults.current.dropResponses}，丢回执 ${world.faults.current.dropEvents}</p>
<h2>收到的消息</h2>${table(
    ['渠道', '条数', '送达', '被屏蔽', '失败'],
    Object.entries(report.channels).map(([channel, one]) => [
      channels[channel] ?? channel,
      one.messages,
      one.success,
      one.blocked,
      one.failed,
    ]),
    '还没有消息',
  )}<p>收到过消息的人 ${report.people} 位；重复提交而只算一次的 ${report.repeats} 条。</p>
<h2>一批一批看</h2>${table(
    ['渠道', '内容', '条数', '人数', '每人几条'],
    report.campaigns.slice(0, 30).map((one) => [
      channels[one.channel] ?? one.channel,
      one.sample,
      one.messages,
      one.people,
      Object.entries(one.perPerson)
        .map(([times, people]) => `${times} 条 × ${people} 人`)
        .join('，'),
    ]),
    '还没有消息',
  )}
<h2>拒绝过的请求</h2>${table(
    ['接口', '错误码', '次数'],
    Object.entries(report.refusals).map(([key, count]) => [
      key.split(' ')[0] ?? '',
      key.split(' ')[1] ?? '',
      count,
    ]),
    '没有拒绝过',
  )}
<h2>今日用量</h2>${table(
    ['接口', '已用', '上限'],
    quota.map((path) => [path, world.quota.used(appid, path), world.quota.rule(path).daily]),
    '',
  )}
<h2>推送给大厅</h2><p>送到 ${report.receipts.delivered} 次，三次都没人接的 ${report.receipts.lost} 次。</p>${table(
    ['时间', '事件', '第几次', '结果'],
    world.delivery.log
      .slice(-30)
      .reverse()
      .map((one) => [time(one.at), one.event, one.attempt, String(one.status)]),
    '还没有推送',
  )}
${
  world.complaints.length > 0
    ? `<h2>大厅答错的地方</h2>${table(
        ['说明'],
        world.complaints.slice(-20).map((one) => [one]),
        '',
      )}`
    : ''
}
</main><script>
document.addEventListener('click', async (event) => {
  const change = event.target.dataset?.change;
  if (!change) return;
  await fetch('/__mock/wechat/profile', { method: 'POST', body: change });
  location.reload();
});
</script></body></html>`;
}

/** What the stand-in received, refused and pushed, and its switches, for people. */
export function routeAdminPage(router: Router, platform: Platform): void {
  router.get('/admin', (ctx) => {
    ctx.type = 'html';
    ctx.set('Cache-Control', 'no-store');
    ctx.body = page(platform);
  });
}
