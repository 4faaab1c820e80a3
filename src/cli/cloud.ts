import { type Cloud, CloudError, chooseCloud } from '../azure/clouds.ts';
import type { Asking, Live } from './asking.ts';
import { UsageError } from './errors.ts';

/** The cloud that the command line and the environment name. */
export function cloudOf({ name, ...choice }: Partial<Live['cloud']>): Cloud {
  try {
    return chooseCloud({ cloud: name, ...choice }, process.env);
  } catch (error) {
    if (error instanceof CloudError) throw new UsageError(error.message, 'see --cloud and --resource-manager-endpoint');
    throw error;
  }
}

/** The cloud whose names a page without evidence is written with. */
export const cloudOfPage = ({ from }: Asking): Cloud => cloudOf(from.kind === 'azure' ? from.cloud : {});
