import type { Report } from '../pages/report.ts';
import { annotations, type Level } from './annotations.ts';
import { visible } from './safe-text.ts';

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Workflow commands of GitHub Actions, and nothing else: each is an annotation of the run. */
export const github = (report: Report): Iterable<string> =>
  annotations(report, 'note').map(({ level, title, text, place }) => {
    const properties = Object.entries({
      title,
      ...(place ? { file: visible(place.file), line: String(place.line) } : {}),
    }).map(([name, value]) => `${name}=${inProperty(value)}`);
    return `::${commands[level]} ${properties.join(',')}::${inData(text)}\n`;
  });

const inData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const inProperty = (text: string): string => inData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
