import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import type { SharedLogin } from './credential.ts';
import { otherTenant } from './errors.ts';

/** A token that Azure does not take any more is renewed once, and the read is tried once more. */
export const renewalPolicy = (login: SharedLogin, scope: string): PipelinePolicy => ({
  name: 'acrAuditRenewal',
  async sendRequest(request, next) {
    const response = await next(request);
    if (response.status !== 401 || !isTokensFault(response)) return response;
    const refused = (request.headers.get('authorization') ?? '').replace(/^Bearer /, '');
    // Without a login the refusal stands.
    const renewed = await login.renew(scope, refused).catch(() => null);
    if (renewed === null) return response;
    request.headers.set('authorization', `Bearer ${renewed.token}`);
    return next(request);
  },
});

/** A challenge for claims is answered by the SDK, and no token of this tenant opens a resource of another. */
const isTokensFault = ({ headers, bodyAsText }: PipelineResponse): boolean =>
  !/\bclaims=/i.test(headers.get('www-authenticate') ?? '') && !(bodyAsText ?? '').includes(otherTenant);
