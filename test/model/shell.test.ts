import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../src/engine/describe.ts';

/** The words that a shell makes of commands. */
function wordsOf(commands: readonly string[]): string[] {
  const script = commands.map((command) => `printf '%s\\0' ${command}`).join('\n');
  return spawnSync('sh', { input: script, encoding: 'utf8' }).stdout.split('\0').slice(0, -1);
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({
    unit: fc.constantFrom('a', "'", '"', '$', '`', '(', ')', '\\', ';', ' ', '\n', '*', '~', '#', '&', '|', '<', '>'),
  }),
);

test('a name in a command is one literal word to a shell, wherever it stands', () => {
  const names = fc.array(
    hostile.filter((name) => name !== '' && !/[\0\ud800-\udfff]/.test(name)),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(names, (given) => {
      const commands = given.flatMap((registry) =>
        [
          '<registry>',
          '"/a/<registry>?b=c"',
          "'[?name==`<registry>`]'",
          `'"' "it's <registry>"`,
          'a/<registry>.io',
        ].map((command) => printable(command, { registry })),
      );
      expect(wordsOf(commands)).toEqual(
        given.flatMap((name) => [name, `/a/${name}?b=c`, `[?name==\`${name}\`]`, '"', `it's ${name}`, `a/${name}.io`]),
      );
    }),
    { numRuns: 30 },
  );
});
