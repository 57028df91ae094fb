import { createHash } from 'node:crypto';
import { html, type Markup, nothing } from './markup.ts';
import type { Chart, Fact, Report, Section, Table } from './parts.ts';
import { pageStyle } from './style.ts';
import { isNumeric, valueText } from './value-text.ts';

/**
 * A report as one HTML file that needs nothing else. It has no script, and its policy allows none, nor any request: what a
 * label says stays a word wherever the file is opened.
 */
export function pageOf(
  report: Report,
  { madeAt, version }: { readonly madeAt: Date; readonly version: string },
): string {
  const style = pageStyle();
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; font-src data:; base-uri 'none'; form-action 'none'`;
  const made = `${valueText(madeAt, 'time')} UTC by siltstone ${version}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${report.title} · siltstone</title>
<style>${{ markup: style }}</style>
</head>
<body>
${header(report, made)}
<main>
${report.sections.map(section)}
<section id="limits"><h2>What this page does not say</h2><ul>${report.limits.map((limit) => html`<li>${inline(limit)}</li>`)}</ul></section>
</main>
</body>
</html>
`.markup;
}

function header({ title, subtitle, verdict, isGood, message, facts, sections }: Report, made: string): Markup {
  const links = sections.map(
    ({ id, title: name, parts }) =>
      html`<li${parts.length === 0 ? html` class="none"` : nothing}><a href="#${id}">${name}</a></li>`,
  );
  return html`<header>
<p class="brand"><b>siltstone</b> report<span>${made}</span></p>
<h1>${title} <em class="${isGood ? 'good' : 'bad'}">${verdict}</em></h1>
<p class="sub">${subtitle}</p>
${message === undefined ? nothing : html`<pre class="message">${message}</pre>`}
<dl class="facts">${facts.map(fact)}</dl>
<nav aria-label="Sections"><ul>${links}</ul></nav>
</header>`;
}

const fact = ({ label, value, note = '', isBad = false }: Fact): Markup =>
  html`<div${isBad ? html` class="bad"` : nothing}><dt>${label}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;

function section({ id, title, parts, empty }: Section): Markup {
  const body =
    parts.length === 0
      ? html`<p class="empty">${inline(empty)}</p>`
      : html`<div class="parts">${arranged(parts)}</div>`;
  return html`<section id="${id}"><h2>${title}</h2>${body}</section>
`;
}

/** Two narrow ones stand side by side; a narrow table that has nobody beside it takes the whole width. */
function arranged(parts: Section['parts']): readonly Markup[] {
  let isSecond = false;
  return parts.map((one, i) => {
    const isAlone = !one.isWide && !isSecond && (parts[i + 1]?.isWide ?? true);
    isSecond = !one.isWide && !isSecond && !isAlone;
    return part(one, one.isWide || (isAlone && one.kind === 'table'));
  });
}

function part(one: Chart | Table, isWide: boolean): Markup {
  const body = one.kind === 'chart' ? picture(one) : tableOf(one);
  const note = one.note === undefined ? nothing : html`<p class="note">${one.note}</p>`;
  return html`<figure class="${isWide ? 'wide' : 'narrow'}"><figcaption>${one.title}</figcaption>${body}${note}
<details><summary>SQL</summary><p>${inline(one.asked.about)}</p><pre>${one.asked.sql}</pre></details></figure>
`;
}

function picture({ legend = [], slots = [], picture: drawn }: Chart): Markup {
  const names = legend.map((name, i) => html`<li class="k${slots[i] ?? i + 1}">${name}</li>`);
  return html`${names.length === 0 ? nothing : html`<ul class="legend">${names}</ul>`}<div class="picture">${drawn}</div>`;
}

function tableOf({ title, columns, rows }: Table): Markup {
  const heads = columns.map(
    ({ name, unit, kind }) =>
      html`<th${isNumeric(kind) ? html` class="n"` : nothing} scope="col">${name}${unit === '' ? nothing : html` <small>${unit}</small>`}</th>`,
  );
  const lines = rows.map(
    (row) =>
      html`<tr>${row.map((value, i) => cell(valueText(value, columns[i]?.kind ?? 'text'), isNumeric(columns[i]?.kind ?? 'text')))}</tr>
`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

const cell = (text: string, isNumber: boolean): Markup =>
  isNumber ? html`<td class="n">${text}</td>` : html`<td>${text}</td>`;

/** Our own sentences: what stands between backticks is code. */
const inline = (text: string): Markup =>
  html`${text.split('`').map((piece, i) => (i % 2 === 0 ? html`${piece}` : html`<code>${piece}</code>`))}`;
