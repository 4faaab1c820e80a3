import { maybeSecret } from './secret-values.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
  /** `null`: masked, and nobody's mistake: the user name beside a password. */
  readonly rule: string | null;
}

/**
 * Secrets that are known by their shape or by what stands before them, wherever they stand. The last group is the value.
 * Formats: Microsoft.Security.Utilities ("Azure identifiable keys", Entra client secrets), Azure DevOps tokens.
 */
const shapes: readonly (readonly [rule: string, pattern: RegExp, certain?: true])[] = [
  ['azure-container-registry-key', /([A-Za-z0-9+/]{42}\+ACR[A-D][A-Za-z0-9+/]{5})/g, true],
  ['entra-client-secret', /(?<![\w~.-])([\w~.-]{3}\dQ~[\w~.-]{31,34})(?![\w~.-])/g, true],
  ['azure-devops-token', /(?<![A-Za-z0-9])([A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4})(?![A-Za-z0-9])/g, true],
  ['azure-devops-token', /(?<![A-Za-z0-9])([a-z2-7]{52})(?![A-Za-z0-9])/g, true],
  ['gitlab-token', /(?<!\w)(gl(?:pat|dt|ptt|rt|cbt)-[\w-]{16,})/g, true],
  ['github', /(?<![A-Za-z0-9])(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/g, true],
  ['npm', /(?<![A-Za-z0-9])(npm_[A-Za-z0-9]{30,})/g, true],
  ['slack', /(?<![A-Za-z0-9])(xox[abeprs]-[\w-]{10,})/g, true],
  ['docker-token', /(?<![A-Za-z0-9])(dckr_(?:pat|oat)_[\w-]{20,})/g, true],
  ['aws', /(?<![A-Za-z0-9])((?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Za-z0-9])/g, true],
  [
    'vendor-token',
    /(?<![\w.-])(sk-(?:ant|proj|svcacct|or)-[\w-]{20,}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|hf_[A-Za-z0-9]{30,}|AIza[\w-]{35}|do[opr]_v1_[a-f0-9]{64}|pypi-AgE[\w-]{40,}|dapi[a-f0-9]{32}|hv[sb]\.[\w-]{24,}|sq0(?:atp|csp)-[\w-]{22,}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}|rubygems_[a-f0-9]{48}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|lin_api_[A-Za-z0-9]{32,}|SG\.[\w-]{20,}\.[\w-]{30,}|glsa_[\w]{32,}|sntry[su]_[\w+/=-]{40,}|NRAK-[A-Z0-9]{27}|pul-[a-f0-9]{40}|dp\.(?:pt|st|ct|sa)\.[\w.-]{30,}|ATATT3[\w=-]{50,}|ya29\.[\w-]{30,}|AGE-SECRET-KEY-1[A-Z0-9]{50,}|cio[A-Za-z0-9]{32}(?![A-Za-z0-9]))/g,
    true,
  ],
  ['json-web-token', /(?<![\w.-])(eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*)/g, true],
  ['private-key', /(-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$))/g, true],
  ['azure-sas-signature', /[?&;]sig=([A-Za-z0-9%+/=_-]{20,})/gi, true],
  [
    'encoded-credential',
    /\b(?:echo|printf)\s+(?:-\w+\s+)*["']?([A-Za-z0-9+/]{8,}={0,2})["']?\s*\|\s*base64\s+(?:-[a-z]*d[a-z]*|-D|--decode)(?![\w-])/g,
    true,
  ],
  ['encoded-credential', /\bbase64\s+(?:-[a-z]*d[a-z]*|-D|--decode)\s*<<<\s*["']?([A-Za-z0-9+/]{8,}={0,2})/g, true],
  ['literal-credential', /\bs([/|#,])[^/|#,\n]*(?:password|passwd|secret|token)[^/|#,\n]*\1([^/|#,\s'"]+)\1/gi],
  [
    'authorization-header',
    /\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:bearer|basic|token|splunk|apikey)\s+([^\s"']+)/gi,
  ],
  ['cookie-header', /\bcookie["']?\s*:\s*["']?[\w.-]+=([^;\s"']{16,})/gi],
  ['authorization-header', /\bbearer\s+([\w.~+/=-]{20,})/gi],
  [
    'key-header',
    /\b(?:x-api-key|api-key|private-token|job-token|(?:[a-z]+-)*(?:api|auth|access|secret|gitlab)-(?:key|token)|ocp-apim-subscription-key|x-functions-key|x-auth-token|x-vault-token|x-jfrog-art-api|x-nuget-apikey|aeg-sas-key|x-consul-token)["']?\s*:\s*["']?([^\s"']+)/gi,
  ],
  [
    'connection-string',
    /(?:^|[;"'\s=,])(?:SharedAccessKey|AccountKey|SharedAccessSignature|SharedSecretValue|Password|Pwd|ClientSecret|AccessKey)=([^;"'\s]{3,})(?=[;"'\s]|$)/gi,
  ],
  ['token-in-url', /\bhttps?:\/\/([^\s/:@"']{8,}):x-oauth-basic@/gi],
  ['password-in-url', /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"']{0,200}:([^\s/@"']+)@/gi],
  // A name before the host: an organisation of Azure DevOps writes its own there.
  ['token-in-url', /\bhttps?:\/\/((?=[^\s/:@"']*\d|[^\s/:@"']{32})[^\s/:@"']{16,})@(?![^/\s]*\/\1\/)/gi],
  [
    'token-in-url',
    /[?&](?:token|access_token|auth_token|code|api[-_]?key|apikey|key|secret|password|pwd|client_secret|subscription-key|private_token|sig|signature)=([^&\s"'#;]{6,})/gi,
  ],
  [
    'webhook',
    /https:\/\/(?:[\w-]+\.webhook\.office\.com\/webhookb2|outlook\.office\.com\/webhook|discord(?:app)?\.com\/api\/webhooks|hooks\.slack\.com\/services|chat\.googleapis\.com\/v1\/spaces|hooks\.zapier\.com\/hooks)\/([^\s"']{8,})/gi,
    true,
  ],
  ['webhook', /https:\/\/api\.telegram\.org\/(bot\d+:[\w-]+)/gi, true],
  ['password-in-host', /^[^\s/:@"']+:([^\s/@"']+)@[\w.-]+(?::\d+)?$/g],
];

export const shapesIn = (text: string): readonly Span[] =>
  shapes.flatMap(([rule, pattern, certain]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const value = match.at(-1) ?? '';
      const from = match.index + match[0].lastIndexOf(value);
      return certain || maybeSecret(value) ? [{ from, to: from + value.length, rule }] : [];
    }),
  );
