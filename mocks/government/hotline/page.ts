import type { Middleware } from 'koa';
import { type Act, mayDo } from './life.ts';
import type { HotlineSystem } from './system.ts';

const safe = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const words: Readonly<Record<number, string>> = {
  10: '待受理',
  20: '已受理',
  30: '已转派',
  35: '已签收',
  40: '办理中',
  45: '申请延期',
  50: '已答复待审核',
  60: '已办结待回访',
  70: '回访办结',
  80: '不受理',
  90: '合并件',
  95: '重办',
};
const kinds = ['', '咨询', '求助', '投诉', '举报', '意见建议'];

const buttons: readonly (readonly [label: string, act: Act])[] = [
  ['受理', { act: 'accept' }],
  ['不受理', { act: 'refuse', reason: '不属于12345受理范围' }],
  ['转派', { act: 'assign', dept: '区城市管理和综合执法局' }],
  ['签收', { act: 'sign' }],
  ['退单', { act: 'handBack', reason: '不属于本单位职责' }],
  ['办理', { act: 'handle' }],
  ['申请延期', { act: 'askExtension', reason: '需现场施工' }],
  ['同意延期', { act: 'extension', days: 5 }],
  ['不同意', { act: 'extension', days: 0 }],
  ['答复', { act: 'answer', text: '您好，经现场核查，问题已处理。' }],
  ['审核通过', { act: 'review', verdict: 'pass' }],
  ['审核退回', { act: 'review', verdict: 'back' }],
  ['回访满意', { act: 'followUp', satisfaction: '1' }],
  ['回访不满意', { act: 'followUp', satisfaction: '3' }],
  ['未联系上', { act: 'followUp', satisfaction: '4' }],
];

/** The platform's own screen, for demonstrations: each ticket with the acts that are possible now. */
export const hotlinePage =
  (system: HotlineSystem): Middleware =>
  (ctx) => {
    const rows = [...system.tickets]
      .reverse()
      .slice(0, 100)
      .map((each) => {
        const acts = buttons
          .filter(([, { act }]) => mayDo(each, act))
          .map(
            ([label, act]) =>
              `<button data-number="${each.appealNo}" data-act='${safe(JSON.stringify(act))}'>${label}</button>`,
          );
        return `<tr><td>${each.appealNo}</td><td>${kinds[Number(each.type)] ?? ''}</td><td>${safe(each.title)}</td><td>${words[each.status] ?? each.status}<br><small>${safe(each.dept)}</small></td><td>${each.deadline.slice(0, 10)}</td><td>${acts.join(' ')}</td></tr>`;
      });
    ctx.type = 'html';
    ctx.body = `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>12345工单</title>
<style>body{font:15px/1.6 system-ui;margin:2rem;color:#1d2b33}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #dde4e6;padding:.5rem;text-align:left;vertical-align:top}button{margin:2px;padding:4px 8px}</style>
<h1>12345工单系统（模拟）</h1><p id="said" role="status"></p>
<table><thead><tr><th>编号</th><th>类型</th><th>标题</th><th>状态</th><th>期限</th><th>操作</th></tr></thead><tbody>${rows.join('') || '<tr><td colspan="6">还没有工单。</td></tr>'}</tbody></table>
<script>document.addEventListener('click',async(e)=>{const b=e.target.closest('button');if(!b)return;
const r=await fetch('/__mock/hotline/tickets/'+b.dataset.number,{method:'POST',body:b.dataset.act});
if(r.ok)location.reload();else document.getElementById('said').textContent=(await r.json()).error;});</script></html>`;
  };
