import { systemNames, type World } from './world.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const names: Record<string, string> = {
  identity: '统一身份认证',
  items: '事项管理',
  booking: '网上预约',
  hotline: '12345',
};

/** What went over the wire, newest first, and buttons to make a system misbehave. */
export function trafficPage(world: World): string {
  const sections = systemNames
    .map((system) => {
      const rows = world
        .traffic(system)
        .slice(-40)
        .reverse()
        .map(
          (
            each,
          ) => `<tr><td>${each.at.slice(11, 19)}</td><td>${each.method}</td><td class="path">${escaped(each.path)}
            <details><summary>内容</summary><pre>${escaped(each.request)}\n→ ${escaped(each.response)}</pre></details></td>
            <td>${each.status || '无'}</td><td>${each.ms}</td><td>${each.fault ?? ''}</td></tr>`,
        )
        .join('');
      const buttons = [
        ['quiet', '正常'],
        ['ordinary', '平日'],
        ['full', '故障多发'],
      ]
        .map(([name, label]) => `<button data-system="${system}" data-name="${name}">${label}</button>`)
        .join('');
      return `<section><h2>${names[system]}</h2><p>${buttons}</p>
        <code>${escaped(JSON.stringify(world.profile(system)))}</code>
        <table><tr><th>时间</th><th></th><th>地址</th><th>状态</th><th>毫秒</th><th>故障</th></tr>${rows}</table></section>`;
    })
    .join('');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>政务系统仿真</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1.5rem; color: #1c2b2e; background: #f6f8f8 }
  section { background: #fff; border: 1px solid #dde4e4; border-radius: .5rem; padding: 1rem 1.25rem; margin: 1rem 0; overflow-x: auto }
  h2 { margin: 0 } code { font-size: .75rem; color: #5c6b6e; word-break: break-all }
  button { margin-right: .5rem; padding: .35rem .8rem; border: 1px solid #12606a; border-radius: .4rem; background: #fff; color: #12606a; cursor: pointer }
  table { width: 100%; border-collapse: collapse; margin-top: .75rem; font-size: .85rem } td, th { text-align: left; padding: .25rem .5rem; border-top: 1px solid #eef1f1; vertical-align: top }
  .path { word-break: break-all } pre { white-space: pre-wrap; margin: .25rem 0 }
</style>
<h1>政务系统仿真</h1><p>正在仿真的系统、它们的故障设置和最近的报文。</p>${sections}
<script>
  for (const button of document.querySelectorAll('button')) button.onclick = async () => {
    await fetch('/__mock/' + button.dataset.system + '/profile', { method: 'POST', body: JSON.stringify({ name: button.dataset.name }) });
    location.reload();
  };
</script></html>`;
}
