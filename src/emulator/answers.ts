import { createHash } from 'node:crypto';
import type { Refusal } from '../model/step.ts';

/** What a client asks, however it got here. */
export interface Question {
  readonly method: string;
  /** Absolute. */
  readonly url: URL;
  readonly body: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly body: string;
}

export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const ok = (body: unknown, headers: Record<string, string> = {}): Answer => answer(200, body, headers);

/** A refusal by Azure Resource Manager itself, before a resource provider is asked: marked as such. */
const refusal = (status: number, code: string, message: string): Answer =>
  answer(status, { error: { code, message } }, { 'x-ms-failure-cause': 'gateway' });

// Texts as recorded from live Azure, save for the three of the last paragraph.
export const subscriptionNotFound = (id: string): Answer =>
  refusal(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);

export const groupNotFound = (group: string): Answer =>
  refusal(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);

export const parentNotFound = (parent: string): Answer =>
  refusal(
    404,
    'ParentResourceNotFound',
    `Can not perform requested operation on nested resource. Parent resource '${parent}' not found.`,
  );

export const resourceNotFound = (resource: string, group: string | null): Answer =>
  refusal(
    404,
    'ResourceNotFound',
    `The Resource '${resource}' ${group === null ? '' : `under resource group '${group}' `}was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export const recordNotFound = (name: string, group: string, subscription: string): Answer =>
  answer(404, {
    code: 'NotFound',
    message: `The resource record '${name}' does not exist in resource group '${group}' of subscription '${subscription}'.`,
  });

const client = '00000000-0000-0000-0000-00000000c11e';

export const authorizationFailed = (action: string, scope: string): Answer =>
  refusal(
    403,
    'AuthorizationFailed',
    `The client '${client}' with object id '${client}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );

export const providerVersionRefused = (
  type: string,
  location: string,
  version: string,
  supported: readonly string[],
): Answer =>
  refusal(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'. The supported api-versions are '${supported.join(', ')}'. The supported locations are ''.`,
  );

export const versionRefused = (version: string, supported: readonly string[]): Answer =>
  refusal(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${supported.join(',')}'.`,
  );

export const versionMissing = (): Answer =>
  refusal(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  );

export const unauthenticated = (origin: string, tenantId: string): Answer => {
  const refused = refusal(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  return {
    ...refused,
    headers: { ...refused.headers, 'www-authenticate': `Bearer authorization_uri="${origin}/${tenantId}"` },
  };
};

// Not recorded: Azure would carry a write out, knows every path, and has filters that this tenant does not.
export const writeRefused = (method: string): Answer =>
  refusal(405, 'MethodNotAllowed', `The emulated tenant is read-only: it does not take ${method}.`);

/** What Azure answers to a write that it turns down: its own code where it is known. */
export const refused = ({ code, refused }: Refusal): Answer =>
  answer(code === null || code === 'BadRequest' || code === 'InvalidResourceReference' ? 400 : 409, {
    error: { code: code ?? 'BadRequest', message: refused },
  });

export const bodyUnreadable = (): Answer =>
  refusal(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');

export const pathUnknown = (path: string): Answer =>
  refusal(404, 'InvalidResourceType', `The emulated tenant does not serve '${path}'.`);

export const filterUnknown = (filter: string): Answer =>
  refusal(400, 'InvalidFilterInQueryString', `The emulated tenant does not understand the filter '${filter}'.`);

/** The headers every answer carries. The ids depend on the question only, so that two runs show the same ones. */
export function withIds({ method, url }: Question, given: Answer): Answer {
  const digest = createHash('sha256').update(`${method} ${url.pathname}${url.search}`).digest('hex');
  const id = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return {
    ...given,
    headers: {
      'x-ms-request-id': id,
      'x-ms-correlation-request-id': id,
      'x-ms-ratelimit-remaining-subscription-global-reads': '16499',
      ...given.headers,
    },
  };
}
