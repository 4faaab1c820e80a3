import { AzureError, type AzureErrorKind } from '../collect/azure.ts';
import type { Answer } from './answer.ts';

/** Codes that mean "not with this api-version"; the last is how ARM says it for a type that a version lacks. */
const apiVersionCodes =
  /^(InvalidApiVersionParameter|MissingApiVersionParameter|NoRegisteredProviderFound|UnsupportedApiVersion|InvalidApiVersion|ApiVersionNotSupported|InvalidResourceType)$/i;

/**
 * ARM's refusal, with its own code, message and correlation id, whatever shape it chose to answer in. A login that is
 * turned away after others were taken (`answered`) is a read that is denied.
 */
export function refusal(answer: Answer, answered: boolean): AzureError {
  if (answer.status < 400) return redirect(answer);
  const { code, message } = armWords(answer.text);
  const said = oneLine(message ?? '');
  if (answer.proxy !== null) return refusalOfProxy(answer, said);
  return new AzureError(
    refusalKind(answer.status, code, answered),
    `${said || `Azure answered ${answer.status}${code ? ` (${code})` : ''} and did not say why.`}${waitAsked(answer)}`,
    { status: answer.status, code, correlationId: answer.correlationId, tenant: tenantNamed(code, said) },
  );
}

/** ARM's code for a resource whose subscription belongs to another tenant than the login. */
export const otherTenant = 'InvalidAuthenticationTokenTenant';

/** `… It must match the tenant 'https://sts.windows.net/<tenant>/' associated with this subscription. …` */
const tenantNamed = (code: string | null, said: string): string | null =>
  code === otherTenant
    ? (/must match (?:the |one of the )?tenants? ['"]?https:\/\/[^/'"]+\/([^/'"]+)/i.exec(said)?.[1] ?? null)
    : null;

/** A login page of a proxy, as a rule. Nothing is followed: the token is for Azure alone. */
function redirect({ status, location, url }: Answer): AzureError {
  const target = location !== null && URL.canParse(location, url) ? new URL(location, url).host : 'nowhere';
  return new AzureError('garbled', `The answer is a redirect (${status}) to ${target}: not followed.`, { status });
}

function refusalOfProxy({ proxy, status }: Answer, said: string): AzureError {
  const words = said ? `: ${said}` : ' and did not say why.';
  return new AzureError('unreachable', `The proxy ${proxy}, not Azure, answered ${status}${words}`, { status, proxy });
}

function refusalKind(status: number, code: string | null, answered: boolean): AzureErrorKind {
  if (code !== null && apiVersionCodes.test(code)) return 'api-version';
  if (code === otherTenant) return 'other-tenant';
  if (status === 401) return answered ? 'denied' : 'credential';
  if (status === 403) return 'denied';
  return status === 404 ? 'absent' : 'failed';
}

const waitAsked = ({ status, retryAfter }: Answer): string =>
  retryAfter !== null && (status === 429 || status === 503)
    ? ` Azure asks to try again later (Retry-After: ${retryAfter}).`
    : '';

interface Words {
  readonly code: string | null;
  readonly message: string | null;
}

/**
 * Five shapes occur in recordings of Azure: `{error: {code, message}}` (also as `odata.error`), the flat one, the flat
 * one in capitals, JSON inside a JSON string, and text or HTML from a gateway.
 */
function armWords(text: string): Words {
  const body = parsed(text);
  if (typeof body === 'string') return body === text ? { code: null, message: pageTitle(text) } : armWords(body);
  const error = field(body, 'error') ?? field(body, 'odata.error') ?? body;
  if (typeof error === 'string') return { code: null, message: error };
  const [detail] = asList(field(error, 'details'));
  return {
    code: asText(field(error, 'code') ?? field(error, 'errorcode')),
    message: asText(field(error, 'message')) ?? asText(field(detail, 'message')),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Providers disagree about capitals. */
function field(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  return Object.entries(body).find(([key]) => key.toLowerCase() === name)?.[1] ?? undefined;
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Localised messages are `{lang, value}`. */
function asText(value: unknown): string | null {
  if (typeof value === 'string') return value || null;
  const localised = field(value, 'value');
  return typeof localised === 'string' ? localised : null;
}

function pageTitle(text: string): string {
  const [, title] = /<title>([^<]+)/i.exec(text) ?? [];
  return title ?? text.replace(/<style[\s\S]*?<\/style>|<[^>]*>/gi, ' ');
}

/** For a table cell or a line of a log. */
export function oneLine(text: string, atMost = 800): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > atMost ? `${line.slice(0, atMost - 1)}…` : line;
}

const certificateCodes =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/;

/** What the transport threw, as an `AzureError`; an error that is not the transport's comes back as it is. */
export function transportFailure(error: unknown, host: string, proxy: string | null, aborted: boolean): unknown {
  if (error instanceof AzureError) return error;
  if (aborted) return new AzureError('aborted', 'Interrupted.', { cause: error });
  if (!(error instanceof Error) || error.name !== 'RestError') return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return new AzureError('unreachable', unreachableWords(code, host, proxy), { code, proxy, cause: error });
}

function unreachableWords(code: string | null, host: string, proxy: string | null): string {
  if (code !== null && certificateCodes.test(code)) {
    return `The certificate of ${host} is not trusted (${code}): point NODE_EXTRA_CA_CERTS at the certificate that signed it.`;
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return proxy === null
        ? `The name ${host} does not resolve (${code}): check the network, the cloud and the proxy settings.`
        : `The name of the proxy ${proxy} does not resolve (${code}).`;
    case 'ECONNREFUSED':
      return proxy === null
        ? `Nothing answers at ${host} (${code}): check the endpoint and the proxy settings.`
        : `The proxy ${proxy} does not answer (${code}).`;
    case 'CERT_HAS_EXPIRED':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${host} is not valid for it (${code}).`;
    default:
      return `The connection to ${host}${proxy === null ? '' : ` by the proxy ${proxy}`} failed${code ? ` (${code})` : ''}.`;
  }
}
