import type { FailOn } from '../engine/exit-code.ts';
import type { Severity } from '../model/check.ts';
import type { Asking } from './asking.ts';
import type { OutputAsked } from './output.ts';
import type { Choice } from './select.ts';
import type { styleOn } from './terminal.ts';

/** Told the exit code by the command that ran. */
export type Finish = (exitCode: number) => void;

/** What a scan is to read, judge and tell. What is undefined is for the configuration to say. */
export interface ScanAsked {
  readonly asking: Asking;
  readonly choice: Omit<Choice, 'profile'> & { readonly profile: Choice['profile'] | undefined };
  readonly output: OutputAsked;
  readonly failOn: FailOn | undefined;
  readonly allowIncomplete: boolean;
  readonly allowEmpty: boolean;
  readonly accepting: AcceptingAsked;
  readonly configFile: string | undefined;
}

export interface AcceptingAsked {
  readonly waivers: boolean;
  readonly baseline: { readonly file: string; readonly update: boolean } | null;
}

/** What is to be collected, and into which file. */
export interface CollectAsked {
  readonly asking: Asking;
  /** `null` is standard output. */
  readonly file: string | null;
  /** An interrupted collection to go on from. */
  readonly resume: string | null;
  readonly allowIncomplete: boolean;
  readonly allowEmpty: boolean;
  readonly configFile: string | undefined;
}

/** What a page is about, and how it is told. */
export interface PageAsked {
  /** A check id, or the name of a page. */
  readonly topic: string;
  readonly text: readonly string[];
  readonly registry: string | undefined;
  /** The evidence about that registry. */
  readonly asking: Asking;
  readonly configFile: string | undefined;
  readonly json: boolean;
  readonly format: PageFormat;
  readonly purge: PurgeAsked;
  readonly style: ReturnType<typeof styleOn>;
}

/** All of them for a purge; the other pages are told as table or JSON. */
export const pageFormats = ['table', 'json', 'csv', 'sarif'] as const;
export type PageFormat = (typeof pageFormats)[number];

/** What only the page of a purge asks for. */
export interface PurgeAsked {
  /** Every tag and manifest, with the reason why it goes or stays. */
  readonly list: boolean;
  /** Files of what runs. */
  readonly inUse: readonly string[];
  /** `NAME=VALUE`, for what a command leaves open. */
  readonly values: readonly string[];
}

/** What the probe looks at, and how long. */
export interface ProbeAsked {
  readonly loginServer: string;
  readonly regions: readonly string[];
  readonly timeoutSeconds: number;
  readonly json: boolean;
  readonly style: ReturnType<typeof styleOn>;
}

export const planFormats = ['table', 'markdown', 'sh', 'ps1', 'json'] as const;

/** What is to be planned, and how the plan is told. */
export interface PlanAsked extends Pick<ScanAsked, 'asking' | 'choice' | 'configFile'> {
  readonly only: readonly string[];
  readonly until: Severity | null;
  readonly onlySafe: boolean;
  /** `QUESTION=VALUE`. */
  readonly set: readonly string[];
  readonly answersFile: string | null;
  readonly format: (typeof planFormats)[number];
  readonly style: ReturnType<typeof styleOn>;
}

/** A saved report, and how it is told again. */
export interface ConvertAsked extends Pick<ScanAsked, 'output' | 'failOn' | 'allowIncomplete'> {
  /** `-` is standard input. */
  readonly file: string;
}

export const diffFormats = ['table', 'markdown', 'html', 'json'] as const;

/** What is compared, by which checks where it is a snapshot, and how the drift is told. */
export interface DiffAsked extends Pick<ScanAsked, 'choice' | 'configFile' | 'failOn'> {
  readonly before: string;
  readonly after: string;
  readonly format: (typeof diffFormats)[number];
  /** `null` is standard output. */
  readonly path: string | null;
  readonly style: ReturnType<typeof styleOn>;
}

export const exportFormats = ['azure-policy', 'kql'] as const;

/** What is printed for Azure's own engines, of which checks, and where it goes. */
export interface ExportAsked {
  readonly what: (typeof exportFormats)[number];
  readonly choice: Choice;
  /** `null` is standard output. */
  readonly path: string | null;
  readonly folder: boolean;
}
