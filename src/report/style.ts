import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The look of every page: stone and ochre, light and dark, in steps of 8 px. */
export const pageStyle = (): string => `${fontFaces()}${css}`;

/** Latin alone, in two weights, 65 kB of text: what is written in other scripts takes the machine's fonts. */
function fontFaces(): string {
  return [400, 600]
    .map((weight) => {
      const file = `@fontsource/inter/files/inter-latin-${weight}-normal.woff2`;
      const data = readFileSync(createRequire(import.meta.url).resolve(file)).toString('base64');
      return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
    })
    .join('');
}

const css = `
:root{--bg:#faf9f7;--card:#fff;--line:#e7e3dd;--grid:#efece7;--text:#1f1b17;--soft:#6b635a;--ochre:#96590f;--mark:#c07a1a;
--bad:#a8330a;--code:#f5f2ed;--s1:#0072b2;--s2:#e69f00;--s3:#009e73;--s4:#cc79a7;--s5:#56b4e9;--s6:#d55e00;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--bg:#171412;--card:#1f1b18;--line:#37312b;--grid:#2a2521;--text:#f3efe9;--soft:#a79e93;
--ochre:#e2ad5f;--mark:#d9993f;--bad:#ff9a6b;--code:#27221e;--s1:#1a82c4}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1120px;padding:40px 24px 64px;background:var(--bg);color:var(--text);
font:400 15px/24px Inter,system-ui,-apple-system,"Segoe UI",sans-serif;font-feature-settings:"cv11"}
.brand{margin:0 0 24px;color:var(--soft);font-size:13px;display:flex;gap:6px}
.brand b{color:var(--ochre);font-weight:600}
.brand span{margin-left:auto}
h1{margin:0;font-size:32px;line-height:40px;font-weight:600;letter-spacing:-.02em;overflow-wrap:anywhere}
h1 em{font:600 13px/24px Inter,system-ui,sans-serif;letter-spacing:0;padding:0 10px;border-radius:12px;vertical-align:middle;
display:inline-block;margin-left:8px}
em.good{background:color-mix(in srgb,var(--s3) 16%,var(--card));color:color-mix(in srgb,var(--s3) 62%,var(--text))}
em.bad{background:color-mix(in srgb,var(--bad) 14%,var(--card));color:var(--bad)}
.sub{margin:4px 0 0;color:var(--soft);overflow-wrap:anywhere}
.message{margin:16px 0 0;border-left:3px solid var(--bad)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(152px,1fr));gap:1px;margin:32px 0 24px;background:var(--line);
border:1px solid var(--line);border-radius:12px;overflow:hidden}
.facts div{background:var(--card);padding:16px}
dt{color:var(--soft);font-size:13px;line-height:16px}
dd{margin:8px 0 0;font-size:24px;line-height:32px;font-weight:600;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
dd.note,.note{margin:0;color:var(--soft);font-size:13px;line-height:16px;font-weight:400;letter-spacing:0;font-variant-numeric:normal}
.facts .bad dd{color:var(--bad)}
.facts .bad dd.note{color:var(--soft)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 24px;margin:0;padding:0 0 8px;border-bottom:1px solid var(--line)}
nav a{color:var(--text);text-decoration:none;font-size:14px}
nav a:hover,nav a:focus-visible{color:var(--ochre);text-decoration:underline;text-underline-offset:6px}
nav .none a{color:var(--soft)}
section{margin-top:48px;scroll-margin-top:16px}
h2{margin:0 0 16px;font-size:20px;line-height:24px;font-weight:600;letter-spacing:-.01em}
h2::before{content:"";display:block;width:24px;height:3px;margin-bottom:12px;border-radius:2px;background:var(--mark)}
.parts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:24px}
figure{margin:0;padding:16px;background:var(--card);border:1px solid var(--line);border-radius:12px;min-width:0}
figure.wide{grid-column:1/-1}
figcaption{font-weight:600;margin-bottom:8px}
.empty{margin:0;color:var(--soft)}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font-family:Inter,system-ui,sans-serif;fill:var(--soft);font-size:12px;font-feature-settings:"tnum"}
svg .name{fill:var(--text);font-size:13px}
.grid{stroke:var(--grid)}.axis{stroke:var(--line);stroke-width:1.5}
.mark{stroke:var(--mark);stroke-width:1.5;stroke-dasharray:4 3}
.line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.s4{fill:var(--s4)}.s5{fill:var(--s5)}.s6{fill:var(--s6)}
.l1{stroke:var(--s1)}.l2{stroke:var(--s2)}.l3{stroke:var(--s3)}
.h1,.h2,.h3,.h4,.h5,.h6{fill:var(--mark)}
.h1{opacity:.14}.h2{opacity:.3}.h3{opacity:.46}.h4{opacity:.64}.h5{opacity:.82}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:0 16px;margin:0 0 8px;padding:0;color:var(--soft);font-size:13px}
.legend li::before{content:"";display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px;background:var(--c)}
.k1{--c:var(--s1)}.k2{--c:var(--s2)}.k3{--c:var(--s3)}.k4{--c:var(--s4)}.k5{--c:var(--s5)}.k6{--c:var(--s6)}
.scroll,.picture{overflow-x:auto}
.scroll{max-height:416px;overflow-y:auto}
thead th{position:sticky;top:0;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:16px}
th{text-align:left;font-weight:600;color:var(--soft);white-space:nowrap}
th small{font-weight:400}
th,td{padding:6px 16px 6px 0;border-bottom:1px solid var(--grid);vertical-align:top}
th:last-child,td:last-child{padding-right:0}
tbody tr:last-child td{border-bottom:0}
td{overflow-wrap:anywhere;min-width:40px;max-width:560px}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details{margin-top:12px;font-size:13px;line-height:20px}
summary{color:var(--ochre);cursor:pointer;width:max-content;font-size:12px}
summary:focus-visible,a:focus-visible,.scroll:focus-visible{outline:2px solid var(--ochre);outline-offset:3px;border-radius:2px}
details p{margin:8px 0 0;color:var(--soft)}
pre,code{font:12px/18px "JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:8px 0 0;padding:12px 16px;background:var(--code);border-radius:8px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
code{background:var(--code);padding:1px 4px;border-radius:4px}
#limits ul{margin:0;padding-left:16px;color:var(--soft)}
@media (max-width:760px){body{padding:24px 16px 40px}.parts{grid-template-columns:minmax(0,1fr)}.brand span{display:none}
.wide svg{min-width:640px}h1{font-size:24px;line-height:32px}.facts{grid-template-columns:repeat(2,1fr)}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{:root{--bg:#fff;--card:#fff;--line:#d8d3cb;--grid:#eee;--text:#000;--soft:#555;--ochre:#96590f;--bad:#a8330a;--s1:#0072b2}
body{padding:0;max-width:none;font-size:11px}nav,details{display:none}figure{break-inside:avoid}.scroll{max-height:none}section{margin-top:24px}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
