import type { Report } from '../pages/report.ts';
import { annotations } from './annotations.ts';
import { visible } from './safe-text.ts';

/** Logging commands of Azure Pipelines, which has errors and warnings only: each is an issue of the run. */
export const azurePipelines = (report: Report): Iterable<string> =>
  annotations(report, 'warning', (level) => (level === 'note' ? 'warning' : level)).map(
    ({ level, title, text, code, place }) => {
      const properties = Object.entries({
        type: level,
        ...(place ? { sourcepath: visible(place.file), linenumber: String(place.line) } : {}),
        ...(code === undefined ? {} : { code }),
      }).map(([name, value]) => `${name}=${inProperty(value)}`);
      return `##vso[task.logissue ${properties.join(';')}]${inData(`${title}: ${text}`)}\n`;
    },
  );

/** `%AZP25` is how the agent reads a per cent sign. */
const inData = (text: string): string => text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const inProperty = (text: string): string => inData(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
