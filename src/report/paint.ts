import { Chalk } from 'chalk';
import type { Severity } from '../model/check.ts';
import type { Verdict } from '../pages/report.ts';
import type { Style } from './reporter.ts';

type Ink = (text: string) => string;

export interface Paint {
  readonly severity: Readonly<Record<Severity, Ink>>;
  readonly verdict: Readonly<Record<Verdict, Ink>>;
  readonly strong: Ink;
  readonly faint: Ink;
}

/** An instance of our own: the global one asks process.argv and the environment, and doesn't know NO_COLOR. */
export function paintOf(level: Style['colorLevel']): Paint {
  const chalk = new Chalk({ level });
  return {
    severity: {
      critical: chalk.bold.red,
      high: chalk.red,
      medium: chalk.yellow,
      low: chalk.cyan,
      info: chalk.dim,
    },
    verdict: {
      fail: chalk.red,
      unknown: chalk.magenta,
      error: chalk.bold.magenta,
      pass: chalk.green,
      'not-applicable': chalk.dim,
    },
    strong: chalk.bold,
    faint: chalk.dim,
  };
}
