import { AzureError } from '../collect/azure.ts';
import { ScopeError } from '../collect/scope.ts';
import { inOneLine, UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';

export interface Shown {
  /** Two lines: what happened, and what mends it. */
  readonly lines: readonly [string, string];
  readonly exitCode: 2 | 3 | 130;
}

/** What a person is told of an error, whatever it is. */
export function explainError(error: unknown): Shown {
  if (error instanceof UsageError) return shown(error.message, error.advice, error.exitCode);
  if (error instanceof ScopeError)
    return shown(
      error.message,
      (error.among && subscriptionsAre(error.among)) ??
        'check --subscription, AZURE_SUBSCRIPTION_ID and --management-group, or log in to the right tenant: az login --tenant TENANT',
    );
  if (error instanceof AzureError) return explainAzure(error);
  if (isOfSystem(error)) return shown(error.message, 'check the path, its permissions and the space on its disk');
  return shown(
    `something broke: ${error instanceof Error ? error.message : String(error)}`,
    'run again with --debug, and report it with the stack trace',
  );
}

/** The nearest subscription; else all of them, where they are few. */
function subscriptionsAre({ typed, names }: NonNullable<ScopeError['among']>): string | null {
  const few = names.length > 0 && names.length <= 10 ? `there are ${names.join(', ')}` : null;
  return didYouMean(typed, names) ?? few;
}

/** What the operating system refused: a path that is not there, a full disk, a name that is too long. */
const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

function explainAzure(error: AzureError): Shown {
  const [message, advice] = splitAdvice(error.message);
  switch (error.kind) {
    case 'aborted':
      return {
        lines: ['interrupted: nothing is reported, because not everything was read', 'run again to get a whole report'],
        exitCode: 130,
      };
    case 'credential':
      return shown(
        message,
        advice ?? 'log in with az login, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE',
      );
    case 'unreachable':
      return shown(message, advice ?? reachAdvice(error));
    case 'denied':
      return shown(
        message,
        advice ?? 'grant the credential Reader on the subscription, or the role in docs/permissions.md',
      );
    default:
      return shown(message, advice ?? 'run again with --debug to see the request that failed');
  }
}

/** The variables that the SDK takes a proxy from, in the order in which it asks them. */
const proxyVariables = ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

function reachAdvice({ proxy }: AzureError): string {
  if (proxy === null) return 'check the network, HTTPS_PROXY and --resource-manager-endpoint';
  const named = proxyVariables.find((name) => process.env[name]) ?? 'HTTPS_PROXY';
  return `${named} names this proxy: correct or unset it, or name in NO_PROXY what is reached without one`;
}

/** A message of several lines carries its own advice after the first. */
function splitAdvice(message: string): [string, string | undefined] {
  const [first = message, ...rest] = message.split('\n');
  return [first, rest.length > 0 ? rest.join(' ') : undefined];
}

const shown = (message: string, advice: string, exitCode: 2 | 3 | 130 = 2): Shown => ({
  lines: [inOneLine(message), inOneLine(advice)],
  exitCode,
});
