import { html } from '../report/html/markup.ts';

/** A picture of the README: what is scanned, and how it is shown. */
export interface Picture {
  readonly name: string;
  readonly kind: 'screen' | 'page';
  readonly args: readonly string[];
  /** In pixels. */
  readonly size: readonly [width: number, height: number];
}

export const pictures: readonly Picture[] = [
  { name: 'terminal', kind: 'screen', args: ['contosodev'], size: [720, 560] },
  { name: 'fleet', kind: 'screen', args: [], size: [720, 780] },
  { name: 'html', kind: 'page', args: ['contosoprod'], size: [1280, 1100] },
];

const colours: Readonly<Record<string, string>> = {
  1: 'font-weight:700',
  2: 'opacity:.6',
  31: 'color:#ff7b72',
  32: 'color:#7ee787',
  33: 'color:#e3b341',
  35: 'color:#d2a8ff',
  36: 'color:#76e3ea',
};

/** The codes that end a colour, and that boldness and faintness share. */
const ends = new Set(['0', '22', '39']);

/** A terminal of 80 columns as a page: the command, and what it told, in its colours. */
export function screenPage(command: string, told: string): string {
  const start = String.fromCharCode(27);
  const open: string[] = [];
  const pieces = told.split(start).map((piece, index) => {
    const [whole = '', codes = ''] = index === 0 ? [] : (/^\[([\d;]*)m/.exec(piece) ?? []);
    for (const code of codes.split(';')) {
      if (ends.has(code))
        open.splice(0, open.length, ...open.filter((one) => isColour(one) !== (code === '39') && code !== '0'));
      else if (code !== '') open.push(code);
    }
    const style = open.flatMap((code) => colours[code] ?? []).join(';');
    return html`<span style="${style}">${{ markup: piece.slice(whole.length).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`) }}</span>`;
  });
  return html`<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${command}</title>
<style>body{margin:14px;background:#0d1117;color:#f0f6fc}pre{font:14px/1.35 "DejaVu Sans Mono",monospace;margin:0}</style>
<pre><b>$ ${command}</b>

${pieces}</pre></html>
`.markup;
}

const isColour = (code: string): boolean => Number(code) >= 30;
