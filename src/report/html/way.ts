import type { ReportCheck } from '../../pages/report.ts';

/** A stretch of the way of an image from a commit to a pod. */
export interface Hop {
  readonly name: string;
  /** What happens there where all is well. */
  readonly says: string;
}

/** In the order in which an image comes by. */
export const hops = {
  identity: {
    name: 'Identity',
    says: 'Builds and people log in without a stored secret, with no more than they need.',
  },
  build: { name: 'Build', says: 'A task builds and tests inside the registry, and pushes only what passed.' },
  registry: {
    name: 'Registry',
    says: 'The image is kept, cannot be lost or replaced, and what happens to it is logged.',
  },
  scan: { name: 'Scan', says: 'It waits in quarantine until a scan has passed it.' },
  sign: { name: 'Sign', says: 'It is signed, and only what is signed is trusted.' },
  network: { name: 'Network', says: 'Clients get to it by a private endpoint; the public one is closed.' },
  replicas: { name: 'Replicas', says: 'A copy is near each cluster, and an outage of a region stops nothing.' },
  cluster: { name: 'Pod', says: 'The cluster finds the registry and pulls by its own identity.' },
} as const satisfies Readonly<Record<string, Hop>>;
export type HopId = keyof typeof hops;
export const hopIds = Object.keys(hops) as readonly HopId[];

const byArea: Readonly<Record<ReportCheck['area'], HopId>> = {
  identity: 'identity',
  build: 'build',
  'supply-chain': 'build',
  governance: 'registry',
  lifecycle: 'registry',
  scanning: 'scan',
  trust: 'sign',
  network: 'network',
  resilience: 'replicas',
};

/** Checks that an image meets elsewhere than the others of their area. */
const byCheck: Readonly<Record<string, HopId>> = {
  'tasks-can-reach-registry': 'build',
  'tasks-bypass-needed': 'build',
  'quarantine-on-push': 'scan',
  'quarantine-has-promoter': 'scan',
  'release-tags-locked': 'registry',
  'cache-namespace-bounded': 'registry',
  'delete-locked': 'registry',
  'replica-near-consumers': 'cluster',
  'clusters-can-pull': 'cluster',
  'clusters-reach-registry': 'cluster',
  'apps-pull-keyless': 'cluster',
  'registry-reachable': 'cluster',
};

/** Where on the way a check stands. */
export const hopOf = ({ id, area }: Pick<ReportCheck, 'id' | 'area'>): HopId =>
  Object.hasOwn(byCheck, id) ? (byCheck[id] ?? byArea[area]) : byArea[area];

/** The checks that stand elsewhere than their area, for the test that each of them is one. */
export const movedChecks = Object.keys(byCheck);
