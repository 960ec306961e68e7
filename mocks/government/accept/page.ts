import type { Middleware } from 'koa';
import type { Act } from './life.ts';
import type { Stage } from './shapes.ts';
import type { AcceptSystem } from './system.ts';

const safe = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const words: Readonly<Record<Stage, string>> = {
  submitted: '待预审',
  preReviewed: '预审通过',
  correction: '待补正',
  accepted: '已受理',
  examining: '审查中',
  special: '特别程序',
  closed: '已办结',
  collected: '已领取',
};

const early: readonly Stage[] = ['submitted', 'preReviewed'];
const inside: readonly Stage[] = ['accepted', 'examining'];

/** What an official can do, and when. */
const buttons: readonly (readonly [label: string, act: Act, when: readonly Stage[]])[] = [
  ['预审通过', { act: 'preReview', verdict: '1' }, ['submitted']],
  ['受理', { act: 'accept', verdict: '1' }, early],
  ['不予受理', { act: 'accept', verdict: '4', reason: '不属于本机关职权范围' }, early],
  ['要求补正', { act: 'correction', reason: '材料不清晰，请重新上传', days: 5 }, [...early, ...inside]],
  ['审批一步', { act: 'examine' }, inside],
  ['现场核查', { act: 'special', kind: 'B', name: '现场核查', days: 10 }, inside],
  ['核查结束', { act: 'specialEnd', result: '通过' }, ['special']],
  ['准予办结', { act: 'decide', verdict: '0' }, inside],
  ['不予许可', { act: 'decide', verdict: '6', words: '不予许可' }, inside],
  ['已领取', { act: 'collect', way: '0' }, ['closed']],
];

/** The office's own screen, for demonstrations: each case with the acts an official has. */
export const acceptPage =
  (system: AcceptSystem): Middleware =>
  (ctx) => {
    const rows = [...system.cases].reverse().map(
      (each) =>
        `<tr><td>${each.sblshShort}<br><small>${safe(each.taskName)}</small></td><td>${safe(each.applicant.name)}${each.checkByHand ? ' <b>人工核</b>' : ''}</td><td>${words[each.stage]}</td><td>${buttons
          .filter(([, , when]) => when.includes(each.stage))
          .map(
            ([label, act]) =>
              `<button data-case="${each.sblshShort}" data-act='${safe(JSON.stringify(act))}'>${label}</button>`,
          )
          .join(' ')}</td></tr>`,
    );
    ctx.type = 'html';
    ctx.body = `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>综合受理</title>
<style>body{font:15px/1.6 system-ui;margin:2rem;color:#1d2b33}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #dde4e6;padding:.5rem;text-align:left;vertical-align:top}button{margin:2px;padding:4px 8px}</style>
<h1>综合受理系统（模拟）</h1><p id="said" role="status"></p>
<table><thead><tr><th>办件</th><th>申请人</th><th>阶段</th><th>操作</th></tr></thead><tbody>${rows.join('') || '<tr><td colspan="4">还没有办件。</td></tr>'}</tbody></table>
<script>document.addEventListener('click',async(e)=>{const b=e.target.closest('button');if(!b)return;
const r=await fetch('/__mock/accept/cases/'+b.dataset.case,{method:'POST',body:b.dataset.act});
if(r.ok)location.reload();else document.getElementById('said').textContent=(await r.json()).error;});</script></html>`;
  };
