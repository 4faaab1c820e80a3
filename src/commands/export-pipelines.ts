import type { ExportPipeline } from '../model/facets/export-pipelines.ts';
import { sameId } from '../model/ids.ts';
import type { AzStep } from '../model/step.ts';
import { word } from './private-dns.ts';

/** `az resource delete` of a pipeline: az has no command of its own for them without an extension. */
export const deleteExportPipeline = ({ id }: Pick<ExportPipeline, 'id'>): AzStep => ({
  az: `az resource delete --ids ${word(id)}`,
  effect: (facts) =>
    facts.exportPipelines
      ? { ...facts, exportPipelines: facts.exportPipelines.filter((pipeline) => !sameId(pipeline.id, id)) }
      : facts,
});
