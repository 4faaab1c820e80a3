import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { AzureError } from '../collect/azure.ts';

/** Queries of Resource Graph are reads, but ARM takes them as POST. */
export const resourceGraphPath = '/providers/Microsoft.ResourceGraph/resources';

/** Actions that hand out secrets; they are never asked for, whatever the method. */
const secretAction =
  /\/(list(Credentials|Keys|Details|Events|LogSasUrl|BuildSourceUploadUrl)|generateCredentials|regenerateCredential|getCallbackConfig)\/?$/i;

/** A request that would change something or fetch a secret. Only a mistake in this tool can cause it: it is no finding. */
export class ReadOnlyError extends Error {
  override readonly name = 'ReadOnlyError';
}

/** The token goes to the resource manager and nowhere else. Throws an `AzureError` for a link that leads away. */
export function staysAt(resourceManager: string, link: string): string {
  const origin = URL.canParse(link) ? new URL(link).origin : link;
  if (origin === resourceManager) return link;
  throw new AzureError('garbled', `Azure's answer leads to ${origin}, not to ${resourceManager}: not followed.`);
}

/** The last policy before the wire, so nothing gets around it. Throws a `ReadOnlyError` for anything but a read. */
export const guardPolicy = (resourceManager: string): PipelinePolicy => ({
  name: 'acrAuditGuard',
  async sendRequest(request, next) {
    const { pathname } = new URL(staysAt(resourceManager, request.url));
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const asksGraph = request.method === 'POST' && pathname.toLowerCase() === resourceGraphPath.toLowerCase();
    if ((!reads && !asksGraph) || secretAction.test(pathname)) {
      throw new ReadOnlyError(`acr-audit only reads: refused ${request.method} ${pathname}`);
    }
    return next(request);
  },
});
