/** The values that a command gives for these flags, in either form. */
export const valuesOf = (words: readonly string[], flags: readonly string[]): readonly string[] =>
  words.flatMap((word, place) => {
    const flag = flags.find((one) => word === one || word.startsWith(`${one}=`));
    if (flag === undefined) return [];
    return word === flag ? [words[place + 1] ?? '?'] : [word.slice(flag.length + 1)];
  });

/** The tool that a path or an image is named after. */
export function toolOf(word: string): string {
  const path = word.replace(/[:@].*$/, '');
  return /(?:^|\/)(skopeo|buildah|podman)\/stable$/.exec(path)?.[1] ?? path.replace(/^.*\//, '');
}

/** Flags of these tools whose value is the next word, and no image. */
const valued =
  /^(?:-H|-n|--host|--context|--config|--log-level|--root|--runroot|--storage-driver|--namespace|--address|--policy|--tls(?:cacert|cert|key)|--platform|--(?:src-|dest-)?creds|--authfile|--cert-dir|--digestfile|--format|--username|--password|-u|-p|-f|--file|--project-name|--profile|--env-file|--annotation|--artifact-type)$/;

/** The words behind the tool that are neither flags nor their values. */
export const plainOf = (words: readonly string[]): readonly string[] =>
  words.slice(1).filter((word, place) => !word.startsWith('-') && !valued.test(words[place] ?? ''));

export const dockers = /^(?:docker|podman|nerdctl|buildah|buildx|img|depot)$/;

export const isCompose = (words: readonly string[]): boolean =>
  /^(?:docker|podman)-compose$/.test(toolOf(words[0] ?? '')) ||
  /docker\/compose/.test(words[0] ?? '') ||
  (dockers.test(toolOf(words[0] ?? '')) && plainOf(words)[0] === 'compose');

/** `--push`, `--output type=registry`, `-o type=image,push=true`, `--set *.output=type=registry`. */
const pushesWhatItBuilds = (words: readonly string[]): boolean =>
  words.some((word) => /^--push(?:=(?:true|1))?$/i.test(word)) ||
  valuesOf(words, ['-o', '--output', '--set']).some((to) => /type=registry|push=(?:true|1)/.test(to));

/** The names that these flags give; docker's and kaniko's `--target` is a stage, jib's an image. */
const named = (words: readonly string[], flags: readonly string[] = ['-t', '--tag', '--image']): readonly string[] => {
  const given = valuesOf(words, flags);
  return given.length > 0 ? given : ['?'];
};

/** A switch as the flags of Go read it: `--push`, `--push=true`, `--push=0`; `null`: it is not there. */
function switched(words: readonly string[], flag: string): boolean | null {
  const said = words.findLast((word) => word === flag || word.startsWith(`${flag}=`));
  return said === undefined ? null : !/=(?:0|f|false)$/i.test(said);
}

type Pusher = (words: readonly string[], plain: readonly string[]) => readonly string[];

const none: readonly string[] = [];
const some = (image: string | undefined): readonly string[] => [image?.replace(/^docker:\/\//, '') ?? '?'];
const unnamed: readonly string[] = ['?'];

/** Plugins of Maven and Gradle, and the properties that make them push. */
const buildTools =
  /(?:^|:)jib$|^jib:build$|jib-maven-plugin(?::[^:]+)?:build$|^(?:docker|k8s|oc):push$|^:?(?:[\w-]+:)*docker\w*push\w*$|image\.publish=true|container-image\.push=true|^--publishImage$/i;

/** The tools that put an image into a registry, with the names that each gives it there; none: it pushes nothing. */
const pushers: readonly (readonly [RegExp, Pusher])[] = [
  [dockers, ofDocker],
  [
    /^(?:az|azure-cli)$/,
    (words, plain) =>
      /^acr (?:pack )?build/.test(plain.join(' ')) && !words.includes('--no-push') ? named(words) : none,
  ],
  [
    /^(?:g|k)?crane$/,
    (_, plain) =>
      /^(?:push|copy|cp|append|mutate|rebase|flatten|index)$/.test(plain[0] ?? '') ? some(plain.at(-1)) : none,
  ],
  [
    /^oras$/,
    (words, [verb, ...plain]) =>
      verb === 'push'
        ? some(plain[0])
        : /^(?:copy|cp)$/.test(verb ?? '') && !words.includes('--to-oci-layout')
          ? some(plain.at(-1))
          : none,
  ],
  [
    /^regctl$/,
    (_, [noun, verb, ...plain]) =>
      noun !== 'image'
        ? none
        : verb === 'import'
          ? some(plain[0])
          : /^(?:copy|cp|mod)$/.test(verb ?? '')
            ? some(plain.at(-1))
            : none,
  ],
  [
    /^skopeo$/,
    (words, plain) =>
      plain[0] === 'copy' && plain.at(-1)?.startsWith('docker://')
        ? some(plain.at(-1))
        : plain[0] === 'sync' && valuesOf(words, ['-d', '--dest']).includes('docker')
          ? unnamed
          : none,
  ],
  [/^pack$/, (words, [verb, image]) => (verb === 'build' && words.includes('--publish') ? some(image) : none)],
  // kaniko pushes to each --destination, beside --tar-path too, and refuses to start without one (its README, its root.go).
  [/^executor$/, (words) => (switched(words, '--no-push') ? none : valuesOf(words, ['-d', '--destination']))],
  // ko pushes unless told not to: --push is on by default (ko-build/ko, pkg/commands/options/publish.go).
  [
    /^ko$/,
    (words, [verb]) =>
      /^(?:build|publish|resolve|apply|create|run)$/.test(verb ?? '') &&
      switched(words, '--push') !== false &&
      !switched(words, '--local') &&
      !words.some((word) => /^-[BP]*L[BP]*$/.test(word))
        ? unnamed
        : none,
  ],
  // jib pushes to --target unless that names a daemon or a file (GoogleContainerTools/jib, jib-cli/README.md).
  [
    /^jib$/,
    (words, [verb]) => {
      const targets = named(words, ['-t', '--target']);
      return /^(?:build|jar|war)$/.test(verb ?? '') && !/^(?:docker|tar):\/\//.test(targets[0] ?? '') ? targets : none;
    },
  ],
  [/^(?:mvnw?|gradlew?|maven|gradle)$/, (words) => (words.some((word) => buildTools.test(word)) ? unnamed : none)],
  [
    /^dotnet$/,
    (words, [verb]) => (verb === 'publish' && words.some((word) => /ContainerRegistry=/.test(word)) ? unnamed : none),
  ],
  [
    /^(?:buildctl|buildctl-daemonless\.sh|buildkit|earthly|copa|makisu)$/,
    (words, [verb]) => (verb === 'push' || pushesWhatItBuilds(words) ? unnamed : none),
  ],
  [/^bazel(?:isk)?$/, (_, [verb, target = '']) => (verb === 'run' && /push/.test(target) ? unnamed : none)],
  [/^ctr$/, (_, [noun, verb, image]) => (/^(?:images?|i)$/.test(noun ?? '') && verb === 'push' ? some(image) : none)],
  [/^apko$/, (_, [verb]) => (verb === 'publish' ? unnamed : none)],
  [/^(?:imgpkg|manifest-tool)$/, (_, [verb]) => (/^(?:push|copy)$/.test(verb ?? '') ? unnamed : none)],
  // skaffold pushes unless its cluster is a local one, and a task has none (skaffold.dev, docs/environment/local-cluster).
  [
    /^skaffold$/,
    (words, [verb]) =>
      /^(?:build|run|dev|debug)$/.test(verb ?? '') &&
      switched(words, '--push') !== false &&
      !switched(words, '--dry-run')
        ? unnamed
        : none,
  ],
  // werf build stays here without --repo; what deploys or publishes builds what is missing, and pushes it (werf.io, reference/cli).
  [
    /^werf$/,
    (words, [verb, noun]) => {
      if (switched(words, '--require-built-images') || switched(words, '--skip-build')) return none;
      if (verb === 'build' || verb === 'stages')
        return valuesOf(words, ['--repo', '--final-repo', '--stages-storage']).some((to) => to !== ':local')
          ? unnamed
          : none;
      return /^(?:converge|publish|build-and-publish|export)$/.test(verb ?? '') || noun === 'publish' ? unnamed : none;
    },
  ],
];

function ofDocker(words: readonly string[], plain: readonly string[]): readonly string[] {
  const said = plain.join(' ');
  const [, pushed] = /^(?:(?:images?|manifest) )?push(?: (\S+))?/.exec(said) ?? [];
  if (pushed !== undefined || /^(?:(?:images?|manifest) )?push$/.test(said)) return some(pushed);
  if (/^(?:buildx )?imagetools create\b/.test(said)) return words.includes('--dry-run') ? none : named(words);
  // podman builds on several machines, and joins what they made in the registry.
  if (/^farm build\b/.test(said)) return named(words);
  if (/^commit\b/.test(said)) return plain.at(-1)?.startsWith('docker://') ? some(plain.at(-1)) : none;
  const builds = /^(?:(?:buildx|image|builder) )?(?:build|bud|b|bake)\b/.test(said);
  return builds && pushesWhatItBuilds(words) ? named(words) : none;
}

/** The images that one command pushes; a name that is not given is `?`. */
export function pushedIn(words: readonly string[]): readonly string[] {
  const plain = plainOf(words);
  if (isCompose(words)) return plain.includes('push') || words.includes('--push') ? unnamed : none;
  const tool = toolOf(words[0] ?? '');
  return pushers.find(([its]) => its.test(tool))?.[1](words, plain) ?? none;
}

/** Whether a word names one of these tools: a container may be given it as its first argument. */
export const isTool = (word: string): boolean => pushers.some(([its]) => its.test(toolOf(word))) || isCompose([word]);
