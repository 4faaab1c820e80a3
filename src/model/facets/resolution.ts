/** What DNS answered the machine that ran the tool. It shows that machine's view and no other's: never a reason to pass. */
export interface Resolution {
  /** The servers that were asked: they decide whose view this is. */
  readonly servers: readonly string[];
  readonly answers: readonly ResolvedName[];
}

export interface ResolvedName {
  readonly name: string;
  /** IPv4 addresses, sorted; empty where there was none. */
  readonly ips: readonly string[];
  /** Why there was none, as DNS calls it: `NXDOMAIN`, `NODATA`, `SERVFAIL`, `TIMEOUT`, …; `null` with addresses. */
  readonly problem: string | null;
}
