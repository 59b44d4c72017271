import type { AnswerOf } from '@carbon-ledger/client-sdk';
import { catalogue, visibleText } from '@carbon-ledger/core';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** A whole page without scripts; its one style sheet is served beside it, as the content policy asks. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/docs/plain.css"></head>
<body><main>
${body}
</main></body></html>
`;
}

export const PLAIN_CSS = `:root { color-scheme: light dark; font-family: system-ui, "Noto Sans SC", sans-serif; line-height: 1.6 }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
pre { overflow-x: auto; padding: 1rem; border: 1px solid #8888; border-radius: .4rem }
table { border-collapse: collapse } td, th { text-align: left; padding: .3rem .8rem; border-bottom: 1px solid #8885; vertical-align: top }
@media (max-width: 40rem) {
  main { margin: 1rem auto }
  table, tbody, tr, th, td { display: block; overflow-wrap: anywhere }
  tr { border-bottom: 1px solid #8885; padding: .5rem 0 }
  th, td { border: 0; padding: .1rem 0 }
}
.note { border-left: .3rem solid #c80; padding-left: 1rem }
`;

/** What a browser is shown: what runs here, how far it stands, and where to look next. */
export function homePage(facts: AnswerOf<'getLedger'>): string {
  const rows: readonly (readonly [string, string])[] = [
    ['账本 Ledger', facts.ledger],
    ['部署 Deployment', facts.deployment],
    ['版本 Version', facts.version],
    ['记录数 Records in the log', String(facts.logSize)],
    ['区块数 Blocks', facts.height],
  ];
  const table = rows
    .map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('');
  const trial = facts.trial
    ? '<p class="note">试用账本：密钥公开，数据虚构。 Trial ledger: anybody can make its keys, and its data are fictitious.</p>'
    : '';
  const checkpoint = escapeHtml(facts.checkpoint ?? '尚无检查点 · no checkpoint yet');
  return page(
    '碳审计账本 Carbon Audit Ledger',
    `<h1>碳审计账本 <small>Carbon Audit Ledger</small></h1>
<p>在此锚定、核验并追溯全国碳市场的月度存证、检测报告、核查结论、配额发放与 CCER 注销。<br>
Anchor, verify and trace the evidence, test reports, verification conclusions, allowances and CCER cancellations of the national carbon market.</p>
${trial}
<table>${table}</table>
<h2>已签名检查点 Signed checkpoint</h2>
<pre>${checkpoint}</pre>
<h2>下一步 Where to look next</h2>
<ul>
<li><a href="/docs">接口 API</a> · <a href="/openapi.json">OpenAPI 3.1</a></li>
<li><a href="/docs/errors">错误代码 Error codes</a></li>
<li><a href="/v1/parties">主体 Parties</a> · <a href="/v1/records?limit=20">记录 Records</a> · <a href="/v1/ledger">账本 Ledger</a></li>
<li><a href="/v1/log/checkpoint">检查点 Checkpoint</a> · <a href="/v1/ledger/policy">核验策略 Policy to pin</a></li>
<li><a href="/readyz">状态 Health</a> · <a href="/metrics">指标 Metrics</a></li>
</ul>`,
  );
}

/** The error catalogue, one anchor for each problem type. */
export function errorsPage(): string {
  const rows = Object.entries(catalogue).map(
    ([code, line]) =>
      `<tr id="${code}"><th>${code}</th><td>${String(line.http)}</td><td>${escapeHtml(line.zh)}<br>${escapeHtml(line.en)}</td><td>${escapeHtml(line.cureZh)}<br>${escapeHtml(line.cure)}</td></tr>`,
  );
  return page(
    '错误代码 Error codes',
    `<h1>错误代码 <small>Error codes</small></h1>
<table><tr><th>代码 Code</th><th>HTTP</th><th>含义 Meaning</th><th>处理 What to do</th></tr>
${rows.join('\n')}
</table>`,
  );
}

/** Swagger UI, served from the package; nothing is loaded from elsewhere. */
export const API_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Carbon Audit Ledger API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
`;

export const API_SCRIPT = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });
`;
