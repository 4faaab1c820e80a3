import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root } from '../src/dev/files.ts';
import { pictures, screenPage } from '../src/dev/screen-page.ts';

const readme = readFileSync(`${root}README.md`, 'utf8');

describe('pictures', () => {
  test.each(pictures)('$name is there, of the size that it is made in, and the README shows it', ({ name, size }) => {
    const file = `${root}docs/images/${name}.png`;
    expect(existsSync(file)).toBe(true);
    const png = readFileSync(file);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size);
    expect(readme).toMatch(new RegExp(`!\\[[^\\]]{20,}\\]\\(docs/images/${name}\\.png\\)`));
  });

  test('the README shows no other', () => {
    const shown = [...readme.matchAll(/\(docs\/images\/(\w+)\.png\)/g)].map(([, name]) => name);
    expect(shown.toSorted()).toEqual(pictures.map(({ name }) => name).toSorted());
  });

  test('a screen keeps the colours of a terminal, and takes no name for markup', () => {
    const page = screenPage(
      'acr-audit scan',
      '\u001b[1m\u001b[31mbad\u001b[39m\u001b[22m <b> \u001b[2mfaint\u001b[22m end',
    );
    expect(page).toContain('<span style="font-weight:700;color:#ff7b72">bad</span>');
    expect(page).toContain('<span style="font-weight:700"></span><span style=""> &#60;b&#62; </span>');
    expect(page).toContain('<span style="opacity:.6">faint</span><span style=""> end</span>');
  });
});
