export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A small page in WeChat's own plain manner: consent, refusals, articles. `body` is HTML. */
export function plainPage(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>
<style>
body{margin:0;padding:32px 24px;font:17px/1.7 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#191919;background:#fff}
main{max-width:640px;margin:0 auto}h1{font-size:22px;line-height:1.4;margin:0 0 8px}
.big{font-size:20px;font-weight:600;margin-top:48px}.note{color:#737373;font-size:14px}
.button{display:block;margin-top:48px;padding:12px;border-radius:8px;background:#06834a;color:#fff;text-align:center;text-decoration:none}
.quiet{display:block;padding:12px;text-align:center;color:#576b95;text-decoration:none}
img{max-width:100%}
</style></head><body><main>${body}</main></body></html>`;
}
