import { writeFileSync } from 'node:fs';

const [width, height, gap, columns] = [280, 130, 40, 3];

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * Draws measurements as small line charts, each from 0 to its greatest value, into docs/.
 * @param {string} name @param {string} title @param {readonly object[]} rows @param {string} x
 * @param {readonly (readonly [field: string, label: string])[]} charts
 */
export function drawLines(name, title, rows, x, charts) {
  const panels = charts.map(([field, label], i) => {
    const [left, top] = [(i % columns) * (width + gap) + gap, Math.floor(i / columns) * (height + gap + 30) + 70];
    const greatest = Math.max(...rows.map((row) => row[field]));
    const last = Math.max(...rows.map((row) => row[x]));
    const points = rows.map((row) => `${(row[x] / last) * width},${height - (row[field] / greatest) * height}`);
    return `<g transform="translate(${left} ${top})">
  <text y="-10" class="label">${escaped(label)}</text>
  <path d="M0 0V${height}H${width}" class="axis"/>
  <text x="${width}" y="-10" class="tick" text-anchor="end">up to ${greatest.toLocaleString('en-US')}</text>
  <text x="${width}" y="${height + 16}" class="tick" text-anchor="end">${escaped(x)} ${last}</text>
  <polyline points="${points.join(' ')}"/>
</g>`;
  });
  const size = [columns * (width + gap) + gap, Math.ceil(charts.length / columns) * (height + gap + 30) + 60];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(' ')}" font-family="sans-serif">
<title>${escaped(title)}</title>
<style>
  svg { background: #fff } .title { font-size: 17px } .label { font-size: 14px } .tick { font-size: 11px; fill: #78716c }
  text { fill: #292524 } .axis { stroke: #a8a29e; fill: none } polyline { fill: none; stroke: #b45309; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { svg { background: #1c1917 } text { fill: #e7e5e4 } .tick { fill: #a8a29e } }
</style>
<text x="${gap}" y="34" class="title">${escaped(title)}</text>
${panels.join('\n')}
</svg>
`;
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), svg);
}
