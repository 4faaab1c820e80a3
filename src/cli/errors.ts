/** Wrong words on the command line or in a file: what is wrong, and what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly advice: string;
  readonly exitCode: 2 | 3 | 130;

  constructor(message: string, advice: string, exitCode: 2 | 3 | 130 = 2) {
    super(message);
    this.advice = advice;
    this.exitCode = exitCode;
  }
}

/** Text of Azure or of a file may hold line breaks and terminal escapes. */
export const inOneLine = (text: string): string =>
  text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
