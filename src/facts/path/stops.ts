import type { Unknown } from '../../model/outcome.ts';
import type { Doubt, Stop } from '../../model/path.ts';

const doubts = ['own-dns', 'forwarded', 'indirect', 'egress', 'unnamed-network', 'unseen'];

export const isDoubt = (stop: Stop): stop is Doubt => doubts.includes(stop.kind);

export const unseenStop = ({ unseen, reason, missing }: Unknown): Stop => ({ kind: 'unseen', unseen, reason, missing });
