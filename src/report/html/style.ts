/** The colours of each scheme: text has a contrast of 4.5 at least on both backgrounds. */
export const palettes = {
  light: {
    back: '#ffffff',
    panel: '#f3f5f8',
    text: '#1a1f26',
    faint: '#56606c',
    line: '#c9d0d9',
    link: '#0b57b0',
    critical: '#a3001f',
    high: '#a83a00',
    medium: '#785400',
    low: '#00607f',
    info: '#56606c',
    pass: '#14662c',
    unknown: '#6a35b5',
  },
  dark: {
    back: '#0f141a',
    panel: '#1a212a',
    text: '#e8edf3',
    faint: '#a3adb9',
    line: '#3a4450',
    link: '#7fb8ff',
    critical: '#ff8d97',
    high: '#ffad6b',
    medium: '#e8c04a',
    low: '#74c7e8',
    info: '#a3adb9',
    pass: '#6cd58a',
    unknown: '#cdaaff',
  },
} as const;

const variables = (palette: Readonly<Record<string, string>>): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

const kinds = ['critical', 'high', 'medium', 'low', 'info', 'pass', 'unknown'] as const;

/** Nothing is loaded: no font, no picture. Print shows what is folded, in the light colours. */
export const css = `
:root{color-scheme:light dark;${variables(palettes.light)}}
@media (prefers-color-scheme:dark){:root{${variables(palettes.dark)}}}
@media print{:root{color-scheme:light;${variables(palettes.light)}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
header,main,footer{max-width:72rem;margin:0 auto;padding:1rem clamp(.75rem,3vw,2rem)}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.3rem;margin:2rem 0 .5rem}h3{font-size:1.08rem;margin:1.4rem 0 .5rem}h4{font-size:1rem;margin:0}
p{margin:.4rem 0;max-width:48rem}ul{margin:.3rem 0;padding-left:1.2rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--panel);padding:.5rem}
.faint{color:var(--faint)}
.sentence{font-size:1.15rem;font-weight:600}
.tiles{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:.8rem 0}
.tiles li{background:var(--panel);border-left:.3rem solid var(--line);padding:.35rem .8rem;min-width:6.5rem}
.tiles strong{display:block;font-size:1.4rem;line-height:1.2}
.exit{font-weight:600}
.tag{display:inline-block;font-size:.8rem;font-weight:700;line-height:1.4;padding:0 .4rem;border:1px solid currentcolor;border-radius:.25rem;white-space:nowrap}
${kinds.map((kind) => `.tag.${kind}{color:var(--${kind})}.hop.${kind},.finding.${kind},.tiles .${kind}{border-left-color:var(--${kind})}`).join('\n')}
.scroll{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
thead th{white-space:nowrap;color:var(--faint)}tbody th{font-weight:600;min-width:8rem}
td ul{padding-left:1rem}
.box{background:var(--panel);padding:.4rem 1rem 1rem;margin:1.2rem 0}.box h2{margin-top:.6rem}
.incomplete{border-left:.3rem solid var(--unknown)}
.subject{border-top:2px solid var(--line);margin-top:2.5rem}
.way{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.9rem 1.4rem;list-style:none;padding:0;counter-reset:hop}
.hop{position:relative;counter-increment:hop;background:var(--panel);border-left:.3rem solid var(--line);padding:.5rem .7rem;font-size:.92rem}
.hop h4::before{content:counter(hop) " · "}
.hop:not(:last-child)::after{content:"\\2192" / "";position:absolute;right:-1.15rem;top:.4rem;color:var(--faint)}
.hop ul{list-style:none;padding:0}.hop p{margin:.15rem 0}
details.finding{border-left:.3rem solid var(--line);background:var(--panel);margin:.5rem 0;padding:0 .8rem}
summary{cursor:pointer;padding:.5rem 0}
summary h3{display:inline;margin:0}
.message{font-weight:600}
.id{color:var(--faint);font-size:.85rem}
dl{display:grid;grid-template-columns:5.5rem minmax(0,1fr);gap:.25rem .8rem;margin:0 0 .8rem}
dt{color:var(--faint)}dd{margin:0}dd p{margin:.2rem 0}
.breaks{color:var(--critical);font-weight:700}
pre{margin:.2rem 0;padding:.5rem .7rem;background:var(--back);border:1px solid var(--line);overflow-x:auto;user-select:all;font-size:.85rem;line-height:1.4}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
footer{color:var(--faint);font-size:.9rem}
@media (max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.3rem;font-weight:600}.way{grid-template-columns:1fr}.hop:not(:last-child)::after{content:"\\2193" / "";right:auto;left:.6rem;top:auto;bottom:-1.2rem}}
@media print{body{font-size:10pt}header,main,footer{max-width:none;padding:0}.skip{display:none}
details::details-content{content-visibility:visible;display:block;height:auto}
pre{white-space:pre-wrap;overflow-wrap:anywhere}.scroll{overflow:visible}.hop,tr,pre{break-inside:avoid}h2,h3,summary{break-after:avoid}a{color:inherit}}
`;
