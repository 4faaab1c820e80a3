import type { ProbePage } from '../pages/probe.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { indented } from './wrap.ts';

export const probeJson = (page: ProbePage): string => jsonText(page);

/** What this machine saw of each name, and what that means, for a terminal. Ends in a newline. */
export function renderProbe(page: ProbePage, style: Style): string {
  const paint = paintOf(style.colorLevel);
  const verdict = {
    good: paint.verdict.pass('everything answers as it should, from here'),
    broken: paint.verdict.fail('something is broken, from here'),
    unclear: paint.verdict.unknown('not clear from here'),
  }[page.verdict];
  const line = (text: string, by = 4): string => indented(text, by, style, by + 2);
  const names = page.names.map((one) =>
    [
      `  ${paint.strong(visible(one.name))} ${paint.faint(`· ${one.region === null ? one.role : `${one.role} of ${one.region}`}`)}`,
      ...(one.aliases.length > 0 ? [line(`alias of ${one.aliases.join(' → ')}`)] : []),
      line(one.ips.length > 0 ? `${one.where}: ${one.ips.join(', ')}` : `no address: ${one.problem ?? 'none'}`),
      ...one.says.map((says) => line(says)),
    ].join('\n'),
  );
  const symptoms = page.symptoms.map((one) =>
    [
      line(`${one.state === 'broken' ? '✗' : '?'} ${one.symptom}`, 2),
      line(`cause: ${one.cause}`),
      ...(one.checks.length > 0 ? [line(`in a scan: ${one.checks.join(', ')}`)] : []),
      ...one.next.map((next) => line(`next: ${next}`)),
    ].join('\n'),
  );
  return `${[
    `${paint.strong(visible(page.loginServer))}\n  ${verdict} ${paint.faint(`· asked ${page.servers.join(', ') || 'no DNS server'}`)}`,
    names.join('\n\n'),
    ...(symptoms.length > 0 ? [`${paint.strong('What that means')}\n${symptoms.join('\n\n')}`] : []),
    ...(page.notes.length > 0 ? [page.notes.map((note) => indented(note, 2, style)).join('\n')] : []),
  ].join('\n\n')}\n`;
}
