/** The instant of a collection. SOURCE_DATE_EPOCH (seconds) makes two runs give the same bytes: reproducible-builds.org. */
export function clock(env: NodeJS.ProcessEnv): () => string {
  const epoch = env['SOURCE_DATE_EPOCH'];
  if (epoch === undefined || !/^\d+$/.test(epoch)) return () => new Date().toISOString();
  const fixed = new Date(Number(epoch) * 1000).toISOString();
  return () => fixed;
}
