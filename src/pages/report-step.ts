/**
 * `command` changes something, `verify` only looks; both are whole commands of a POSIX shell. A `question` asks for a
 * value that only a person knows: commands use it as the variable `id`. A `manual` step is prose.
 */
export interface ReportStep {
  readonly kind: 'command' | 'verify' | 'manual' | 'question';
  readonly text: string;
  /** Of a question: the shell variable that the commands read. */
  readonly id?: string;
  /** Of a verify step: what it prints where all is well. */
  readonly expect?: string;
  /** Of a command: the command that takes it back. */
  readonly undo?: string;
  /** Of a command: why nothing takes it back. */
  readonly final?: string;
  /** Of a command: it may end a way in, a right, or something that is kept. */
  readonly ends?: 'way' | 'right' | 'thing';
}
