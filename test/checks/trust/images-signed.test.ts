import check from '../../../checks/trust/images-signed.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { Signature, SignedRepository, TaggedImage } from '../../../src/model/facets/signatures.ts';
import { testCheck } from '../../support.ts';

const cose: Signature = { digest: 'sha256:50', format: 'cose' };
const image = (digest: string, ...signatures: Signature[]): TaggedImage => ({
  digest: `sha256:${digest}`,
  tags: ['v1'],
  signatures: observed(signatures),
});
const repository = (name: string, ...images: TaggedImage[]): SignedRepository => ({ name, images: observed(images) });
const registry = (...repositories: SignedRepository[]) => ({ signatures: { more: false, repositories } });
const forbidden = denied('authentication required', [
  { action: 'Microsoft.ContainerRegistry/registries/repositories/content/read', scope: '/' },
]);
const at = (index: number, image: number) => `signatures/repositories/${index}/images/value/${image}/signatures/value`;

testCheck(check, [
  [
    'pass',
    'both images are signed',
    registry(repository('api', image('aa', cose)), repository('web', image('bb', { ...cose, format: 'jws' }))),
    { cites: [at(0, 0), at(1, 0)] },
  ],
  [
    'fail',
    'one is not',
    registry(repository('api', image('aa', cose), image('bb'))),
    { cites: [at(0, 1)], says: '1 of 2 newest images carry no signature, api@sha256:bb (v1)', fix: 'notation sign' },
  ],
  [
    'fail',
    'one is not, and a repository could not be read',
    registry({ name: 'secret', images: forbidden }, repository('api', image('bb'))),
    { cites: [at(1, 0)] },
  ],
  ['not-applicable', 'the registry is empty', registry(repository('api'))],
  [
    'unknown',
    'a repository could not be read',
    registry(repository('api', image('aa', cose)), { name: 'secret', images: forbidden }),
    { says: 'authentication required' },
  ],
  [
    'unknown',
    'the referrers of an image could not be read',
    registry(repository('api', { ...image('aa'), signatures: forbidden })),
    { says: 'authentication required' },
  ],
  [
    'unknown',
    'there are more repositories than we look at',
    { signatures: { more: true, repositories: [repository('api', image('aa', cose))] } },
  ],
  ['unknown', 'the envelope is a new one', registry(repository('api', image('aa', { ...cose, format: null })))],
]);
