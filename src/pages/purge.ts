import type { Danger } from '../facts/tasks/danger.ts';
import type { Fated } from '../facts/tasks/fated.ts';

export { wayInWords } from '../facts/tasks/danger.ts';
export type { Fated };

export const purgeSchema = 'acr-audit/purge@1';

/** What `explain purge` says. Public: `acr-audit explain purge … -o json`. */
export interface PurgePages {
  readonly schema: typeof purgeSchema;
  readonly commands: readonly PurgePage[];
  /** What was named and could not be seen; each with the reason. */
  readonly unread: readonly string[];
}

/** One command: what it does, how it destroys, and what it would delete now. */
export interface PurgePage {
  readonly command: string;
  readonly where: PurgePlace;
  /** `dangerous`: do not schedule it. `unclear`: something in it could not be judged. */
  readonly verdict: 'safe' | 'dangerous' | 'unclear';
  /** The acr-cli that runs it; `null` where the image is not pinned. */
  readonly version: string | null;
  /** What it is judged as, in words. */
  readonly judgedAs: string;
  /** One sentence for each thing it does. */
  readonly does: readonly string[];
  readonly filters: readonly FilterPage[];
  readonly dangers: readonly Danger[];
  /** What would be dangerous, were it there: the registry was looked through, and it is not. */
  readonly remarks: readonly string[];
  readonly unreadable: readonly string[];
  /** The nearest command without a danger; `null` where none is needed or none is known. */
  readonly better: string | null;
  /** How that is tried in a registry: it only lists what would go. */
  readonly trial: string | null;
  /** What it would delete now in the registry that was named; `null` where none was, or where that can't be told. */
  readonly rehearsal: RehearsalPage | null;
}

/** Where a command stands: in a file, in a task of a registry, or on the command line. */
export interface PurgePlace {
  readonly file: string | null;
  readonly line: number | null;
  readonly task: string | null;
  readonly schedule: string | null;
  /** ISO 8601: when a timer starts it next. */
  readonly next: string | null;
}

/** A filter, and what it would do to tags of the usual kinds. */
export interface FilterPage {
  readonly filter: string;
  readonly matches: readonly string[];
  readonly spares: readonly string[];
}

export interface RehearsalPage {
  readonly registry: string;
  readonly tags: number;
  /** The two are one where all that matters was read. */
  readonly manifests: { readonly least: number; readonly most: number };
  /** Bytes of the manifests that go, at most: other images may share their layers. `null`: none go, or not told. */
  readonly frees: number | null;
  readonly latest: readonly string[];
  readonly signatures: readonly string[];
  readonly newest: readonly string[];
  /** What runs and would lose its image, or the tag that it is pulled by. */
  readonly inUse: readonly InUse[];
  /** Some of the tags that would go, or with --list every tag and manifest of the repositories it takes, with the reason. */
  readonly items: readonly Fated[];
  readonly unseen: readonly string[];
}

/** Something that runs, and what a purge would take from under it. */
export interface InUse {
  readonly image: string;
  readonly by: string | null;
  /**
   * `image`: nothing can pull it any more. `tag`: whoever pulls by that tag fails at its next start; pulls by digest go on.
   */
  readonly loses: 'image' | 'tag';
  readonly repository: string;
  readonly name: string;
}
