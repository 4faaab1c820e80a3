import { acrTasks, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'release-tags-locked',
  title: 'A release tag cannot be moved to another image',
  problem: 'A push moves a release tag to another image',
  severity: 'medium',
  profile: 'hardened',
  profileReason:
    'Most good registries do not lock tags and pull by digest instead: where that is so, a waiver is ordinary.',
  since: '1.0',
  area: 'trust',
  needs: ['tagInventory'],
  options: { pattern: { kind: 'pattern', default: '^v?[0-9]+\\.[0-9]+\\.[0-9]+$' } },

  why: 'Whoever may push replaces the image behind a version that was tested and approved, and every new pod runs it.',
  symptom: 'The same version has another digest in two places, and nobody released anything.',
  cause:
    'Azure Container Registry has no immutability for a whole registry: each tag has to be locked after its release, and no step of the pipeline does.',
  confirm: [
    'az acr repository show-tags --name <registry> --repository <repository> --subscription <subscription> --detail --query "[].{tag:name, writeEnabled:changeableAttributes.writeEnabled}"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Lock each release after it is pushed, in the pipeline that releases: az acr repository update --name <registry> --subscription <subscription> --image <repository>:<tag> --write-enabled false.',
      ),
    ],
    breaks:
      'A release that pushes the same tag again is refused. What is locked is spared by purges and by retention until somebody unlocks it.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-image-lock'],

  evaluate({ tagInventory }, { options: { pattern } }) {
    const release = acrTasks.tagPattern(pattern, 19);
    if (!('matches' in release)) return verdict.untold(`the pattern ${pattern} for releases cannot be read`);
    const cut = { at: 'tagInventory/cut', saw: tagInventory.cut } as const;
    const parts = tagInventory.repositories.flatMap(({ name, contents }, index): readonly verdict.Part[] => {
      const thing = `repository/${name}`;
      if (contents.state !== 'observed') return [verdict.unclear(thing, verdict.unseen(contents))];
      const { tags, tagsCut } = contents.value;
      const releases = [...tags.entries()].filter(([, tag]) => release.matches(tag.name));
      const open = releases.filter(([, { writeEnabled }]) => writeEnabled === true);
      const at = (place: number) =>
        `tagInventory/repositories/${index}/contents/value/tags/${place}/writeEnabled` as const;
      const [first] = open;
      if (first)
        return [
          verdict.bad(
            thing,
            { at: at(first[0]), saw: true, wanted: false, about: `${name}:${first[1].name}` },
            `${name} has ${open.length} release ${open.length === 1 ? 'tag' : 'tags'} that a push moves (${open
              .slice(0, 3)
              .map(([, tag]) => tag.name)
              .join(', ')}${open.length > 3 ? ' and more' : ''})`,
          ),
        ];
      if (tagsCut) return [verdict.unclear(thing, verdict.untold('it has more tags than were looked at'))];
      if (releases.some(([, { writeEnabled }]) => writeEnabled === null))
        return [verdict.unclear(thing, verdict.untold('Azure does not say whether a release is locked'))];
      const seen = releases.map(
        ([place, tag]) => ({ at: at(place), saw: false, about: `${name}:${tag.name}` }) as const,
      );
      const [one, ...rest] = seen;
      return [verdict.good(thing, one ? [one, ...rest] : cut)];
    });
    const judged = verdict.on(parts, 'the registry has no repository');
    return judged.verdict === 'pass' && tagInventory.cut !== false
      ? verdict.cannotSee('the other repositories', [verdict.untold('there are more repositories than were looked at')])
      : judged;
  },
});
