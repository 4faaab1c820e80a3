import { commands, defineCheck, verdict } from '../../src/check.ts';

/** How many images a verdict names; the counts are of all. */
const shown = 10;

export default defineCheck({
  id: 'images-signed',
  title: 'The newest images of every repository carry a Notation signature',
  problem: 'Images are served that carry no Notation signature',
  severity: 'high',
  profile: 'hardened',
  profileReason:
    'It asks for a signing step in every pipeline, a key in a vault, and pull rights for the audit itself.',
  since: '1.0',
  article: ['Notation signing', 'Quarantine against signing', 'The sequence of gates'],
  area: 'trust',
  needs: ['signatures'],

  why: 'Nobody can tell an image that the pipeline built from one that somebody pushed over it with a stolen credential.',
  symptom: '`notation verify` fails, or an admission policy would refuse what runs today.',
  cause: 'The pipeline pushes and never signs, signs a tag that was moved since, or a purge deleted the signatures.',
  confirm: [
    'az acr manifest list-referrers --registry <registry> --subscription <subscription> --name <repository>@<digest> --artifact-type application/vnd.cncf.notary.signature',
  ],
  fix: {
    steps: [
      commands.manual(
        'Sign each digest right after its push (notation sign --signature-format cose … <login-server>/<repository>@<digest>), with an identity that may push and use the key; AcrImageSigner is for Docker Content Trust and does not help. Then verify before you enforce.',
      ),
    ],
    breaks:
      'Nothing: a signature is one more manifest beside the image. Enforcing it breaks whatever is not signed yet.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/overview-sign-verify-artifacts',
    'https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md',
  ],

  evaluate({ signatures: { repositories, more } }) {
    const unseen = repositories.flatMap(({ images }) => (images.state === 'observed' ? [] : [images]));
    const images = repositories.flatMap(({ name, images }, repository) =>
      (images.state === 'observed' ? images.value : []).map(({ digest, tags, signatures }, image) => ({
        about: `${name}@${digest} (${tags.join(', ')})`,
        at: `signatures/repositories/${repository}/images/value/${image}/signatures/value` as const,
        signatures,
      })),
    );
    const seen = images.flatMap(({ about, at, signatures }) =>
      signatures.state === 'observed' ? [{ about, at, saw: signatures.value }] : [],
    );
    const unsigned = seen.filter(({ saw }) => saw.length === 0);
    const listed = unsigned.slice(0, shown).map((image) => ({ ...image, wanted: 'a signature in COSE or JWS' }));
    if (verdict.isSome(listed))
      return verdict.fail(
        listed,
        `${unsigned.length} of ${seen.length} newest images carry no signature, ${listed[0].about} among them`,
      );
    const refused = images.flatMap(({ signatures }) => (signatures.state === 'observed' ? [] : [signatures]));
    if (unseen.length + refused.length > 0)
      return verdict.cannotSee('some images could not be seen', [...unseen, ...refused]);
    const strange = seen.find(({ saw }) => saw.every(({ format }) => format === null));
    if (strange) return verdict.untold(`the signature of ${strange.about} is in no envelope that we know`);
    if (more) return verdict.untold(`only the first ${repositories.length} repositories were looked at`);
    return verdict.isSome(seen) ? verdict.pass(seen) : verdict.notApplicable('no repository holds a tagged image');
  },
});
