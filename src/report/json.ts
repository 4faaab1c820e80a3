import type { Report } from '../pages/report.ts';
import { jsonPieces } from './safe-text.ts';

/** The report itself; its format is schemas/report.schema.json. */
export const json = (report: Report): Iterable<string> => jsonPieces({ ...report });
