import type { Middleware } from 'koa';
import type { AcceptSystem } from './system.ts';

const safe = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const buttons: readonly (readonly [string, object])[] = [
  ['预审通过', { act: 'preReview', verdict: '1' }],
  ['受理', { act: 'accept', verdict: '1' }],
  ['要求补正', { act: 'correction', reason: '材料不清晰，请重新上传', days: 5 }],
  ['审批一步', { act: 'examine' }],
  ['特别程序（现场核查）', { act: 'special', kind: 'B', name: '现场核查', days: 10 }],
  ['特别程序结束', { act: 'specialEnd', result: '通过' }],
  ['准予办结', { act: 'decide', verdict: '0' }],
  ['不予许可', { act: 'decide', verdict: '6', words: '不予许可' }],
  ['已领取', { act: 'collect', way: '0' }],
];

/** The office's own screen, for demonstrations: each case with the acts an official has. */
export const acceptPage =
  (system: AcceptSystem): Middleware =>
  (ctx) => {
    const rows = [...system.cases]
      .reverse()
      .map(
        (each) =>
          `<tr><td>${each.sblshShort}<br><small>${safe(each.taskName)}</small></td><td>${safe(each.applicant.name)}${each.checkByHand ? ' <b>人工核</b>' : ''}</td><td>${each.stage}</td><td>${buttons
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
