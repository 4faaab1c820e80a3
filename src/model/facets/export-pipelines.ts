/** An export pipeline of ACR Transfer: it copies artifacts to a storage account, out of the registry's reach. */
export interface ExportPipeline {
  readonly id: string;
  readonly name: string;
}
