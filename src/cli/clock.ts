import { UsageError } from './errors.ts';

/** The instant of a collection. SOURCE_DATE_EPOCH (seconds) makes two runs give the same bytes: reproducible-builds.org. */
export function clock(env: NodeJS.ProcessEnv): () => string {
  const epoch = env['SOURCE_DATE_EPOCH'];
  if (epoch === undefined || epoch === '') return () => new Date().toISOString();
  // Up to the year 9999: what comes later has another form.
  if (!/^\d+$/.test(epoch) || Number(epoch) > 253_402_300_799)
    throw new UsageError(`SOURCE_DATE_EPOCH is no time: ${epoch}`, 'give it in seconds since 1970, or unset it');
  const fixed = new Date(Number(epoch) * 1000).toISOString();
  return () => fixed;
}
