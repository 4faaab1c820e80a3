/** Every format of `-o`, in the order `--help` lists them. Apart from the reporters, which `--help` need not load. */
export const formats = [
  'table',
  'json',
  'sarif',
  'markdown',
  'html',
  'junit',
  'csv',
  'github',
  'azure-pipelines',
] as const;
export type Format = (typeof formats)[number];
