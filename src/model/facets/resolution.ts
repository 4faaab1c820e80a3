/** What DNS and the registry answered the machine that ran the tool: its view and no other's, never a reason to pass. */
export interface Resolution {
  /** The DNS servers that were asked: they decide whose view this is. */
  readonly servers: readonly string[];
  readonly answers: readonly ResolvedName[];
}

export interface ResolvedName {
  readonly name: string;
  /** The names that the name is an alias of, in the order of the chain. */
  readonly aliases: readonly string[];
  /** IPv4 and IPv6 addresses, sorted; empty where there was none. */
  readonly ips: readonly string[];
  /** Why there was none, as DNS calls it: `NXDOMAIN`, `NODATA`, `SERVFAIL`, `TIMEOUT`, …; `null` with addresses. */
  readonly problem: string | null;
  /** How far a connection to each address came; empty where none was tried. */
  readonly connections: readonly Connection[];
}

/** One connection without credentials, and the step at which it ended. */
export type Connection = { readonly address: string } & (
  | { readonly step: 'tcp'; readonly problem: 'refused' | 'timeout' | 'unreachable' }
  /** The handshake failed; `code` is OpenSSL's or Node's, `detail` what the certificate says where it is the reason. */
  | { readonly step: 'tls'; readonly problem: 'name' | 'issuer' | 'broken'; readonly detail: string }
  /** TLS stands; no HTTP was asked. */
  | { readonly step: 'connected' }
  | {
      readonly step: 'http';
      readonly status: number;
      /** The registry asked for a token, as it does of everybody whom its network rules let in. */
      readonly challenged: boolean;
      /** The registry's own words of a refusal, `client with IP …`. */
      readonly denial: string | null;
      /** The host that a redirect names; it was not followed. */
      readonly redirect: string | null;
    }
  | { readonly step: 'silent'; readonly problem: string }
);
