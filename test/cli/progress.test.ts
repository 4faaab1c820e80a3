import { describe, expect, test } from 'vitest';
import { progressOn } from '../../src/cli/progress.ts';

/** Reads 1,000 registries at four a second, and says what was written. */
function written(isTTY: boolean, env: NodeJS.ProcessEnv, voice: 'silent' | 'progress' | 'requests'): readonly string[] {
  const lines: string[] = [];
  let ms = 0;
  const stream = { isTTY, write: (text: string) => lines.push(text) > 0 };
  const progress = progressOn(stream as never, env, voice, () => ms);
  for (let read = 1; read <= 1000; read += 1) {
    ms += 250;
    progress.show({ read, of: 1000 });
  }
  progress.clear();
  return lines;
}

describe('progress', () => {
  test('on a terminal overwrites itself, and estimates the rest by the pace so far', () => {
    const lines = written(true, {}, 'progress');
    expect(lines[0]).toBe('\r\u001b[2Kread 1 of 1000 registries…');
    expect(lines[39]).toBe('\r\u001b[2Kread 40 of 1000 registries, about 4 min left…');
    expect(lines[959]).toBe('\r\u001b[2Kread 960 of 1000 registries, about 10 s left…');
    expect(lines[999]).toBe('\r\u001b[2Kread 1000 of 1000 registries…');
    expect(lines.at(-1)).toBe('\r\u001b[2K');
  });

  test.each([
    ['without a terminal', false, {}],
    ['in a pipeline', true, { CI: 'true' }],
    ['on a terminal that cannot', true, { TERM: 'dumb' }],
  ])('%s is a plain line every half a minute', (_, isTTY, env) => {
    const lines = written(isTTY, env, 'progress');
    expect(lines).toHaveLength(8);
    expect(lines[0]).toBe('read 120 of 1000 registries, about 4 min left\n');
    expect(lines.join('')).not.toContain('\u001b');
  });

  test('is silent where nothing but failures is wanted', () => {
    expect(written(true, {}, 'silent')).toEqual([]);
  });

  test('stands on lines of its own among requests', () => {
    expect(written(true, {}, 'requests').slice(0, 2)).toEqual([
      'read 1 of 1000 registries\n',
      'read 2 of 1000 registries\n',
    ]);
  });
});
