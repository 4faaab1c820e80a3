import check from '../../../checks/build/push-gated-by-tests.ts';
import { docker, encoded, inGit, task } from '../../facts/tasks/yaml.ts';
import { testCheck } from '../../support.ts';

const image = '$Registry/app:$ID';
const build = `- build: -t ${image} -t $Registry/app:test .`;
const run = '- cmd: $Registry/app:test npm test';
const push = `- push: ["${image}"]`;

const steps = (...lines: readonly string[]) => ({
  tasks: [task('app', encoded(`version: v1.1.0\nsteps:\n${lines.map((line) => `  ${line}\n`).join('')}`))],
});
const at = 'tasks/0/step/content';

testCheck(
  check,
  [
    ['pass', 'it is built, tested, pushed', steps(build, run, push), { cites: [at] }],
    ['fail', 'it is built, pushed, tested', steps(build, push, run), { cites: [at] }],
    ['fail', 'it is pushed before it is built', steps(push, build, run)],
    ['fail', 'it is tested and pushed, then built', steps(run, push, build)],
    ['fail', 'it is tested before it is built', steps(run, build, push)],
    ['fail', 'it is pushed, then tested and built', steps(push, run, build)],
    ['fail', 'there is no test', steps(build, push)],
    ['fail', 'what runs is another image', steps(build, '- cmd: bash echo ok', push)],
    [
      'fail',
      'what runs is another image, and is told the name',
      steps(build, `- cmd: docker run --rm alpine echo ${image}`, push),
    ],
    ['fail', 'a failing test is ignored', steps(build, `${run}\n    ignoreErrors: true`, push)],
    ['fail', 'the push starts at once', steps(build, run, `${push}\n    when: ["-"]`)],
    [
      'pass',
      'the push waits for the test by name, over another step',
      steps(
        `${build}\n    id: build`,
        `${run}\n    id: test\n    when: [build]`,
        '- cmd: bash echo\n    when: ["-"]',
        `${push}\n    when: [test]`,
      ),
      { cites: [at] },
    ],
    [
      'fail',
      'the push waits for the build alone',
      steps(`${build}\n    id: build`, `${run}\n    when: [build]`, `${push}\n    when: [build]`),
    ],
    [
      'pass',
      'a server is started, then asked',
      steps(build, `- cmd: ${image}\n    id: web\n    detach: true`, '- cmd: curl http://web', push),
    ],
    ['fail', 'a server is started and nobody asks it', steps(build, `- cmd: ${image}\n    detach: true`, push)],
    ['fail', 'docker push is run by hand', steps(build, `- cmd: docker push ${image}`)],
    ...[
      `- cmd: docker tag ${image} x`,
      `- cmd: docker inspect ${image}`,
      `- cmd: docker image inspect ${image}`,
      `- cmd: docker history ${image}`,
      `- cmd: docker save ${image}`,
      `- cmd: docker scan ${image}`,
      `- cmd: bash echo ${image}`,
      `- cmd: bash -c "echo ${image}"`,
      `- cmd: bash -c "docker tag ${image} x && docker images ${image}"`,
      `- cmd: docker create ${image}`,
      `- cmd: docker pull ${image}`,
      `- cmd: mcr.microsoft.com/azure-cli az acr repository show --image ${image}`,
    ].map((line) => ['fail', `between build and push only ${line.slice(7)}`, steps(build, line, push)] as const),
    ...[
      `- cmd: docker run --rm ${image} npm test`,
      `- cmd: docker container run ${image}`,
      `- cmd: bash -c "docker run ${image}"`,
      `- cmd: docker run --rm ${image} sh -c "npm test"`,
      `- cmd: ${image} sh -c "npm test"`,
      `- cmd: docker run --entrypoint sh ${image} -c test`,
      `- cmd: docker run -e A=b --network=n -it ${image}`,
      `- cmd: --network host ${image}`,
      '- cmd: docker compose run test',
      '- cmd: docker-compose -f c.yaml run test',
      '- cmd: bash -c "docker compose run test"',
      '- cmd: docker compose up --abort-on-container-exit',
    ].map((line) => ['pass', `between build and push ${line.slice(7)}`, steps(build, line, push)] as const),
    [
      'pass',
      'a stage for tests is built and run',
      steps(build, '- build: -t $Registry/app:unit --target test .', '- cmd: $Registry/app:unit', push),
    ],
    [
      'fail',
      'a stage for tests is built and not run',
      steps(build, '- build: -t $Registry/app:unit --target test .', push),
    ],
    [
      'pass',
      'what pack built runs',
      steps(`- cmd: mcr.microsoft.com/oryx/pack build ${image} --builder x`, `- cmd: ${image} test`, push),
    ],
    [
      'fail',
      'what pack built does not run',
      steps(`- cmd: mcr.microsoft.com/oryx/pack build ${image} --builder x`, push),
    ],
    ...[
      `- cmd: docker sh -c "docker push ${image}"`,
      `- cmd: bash -c 'docker push ${image}'`,
      `- cmd: docker buildx build --push -t ${image} .`,
      `- cmd: docker buildx build -t ${image} --output type=registry .`,
      `- cmd: docker buildx build -t ${image} -o type=image,push=true .`,
      `- cmd: docker build --push -t ${image} .`,
      `- cmd: docker image push ${image}`,
      '- cmd: az acr build -r x -t app:1 .',
      '- cmd: mcr.microsoft.com/azure-cli az acr build -r x -t app:1 .',
      '- cmd: mcr.microsoft.com/azure-cli bash -c "az acr build -r x -t app:1 ."',
      '- cmd: docker compose push',
      `- cmd: crane push app.tar ${image}`,
      `- cmd: skopeo copy docker-archive:app.tar docker://${image}`,
    ].map((line) => ['fail', `it is pushed by ${line.slice(7)}`, steps(build, line)] as const),
    ['not-applicable', 'az acr build that does not push', steps('- cmd: az acr build -r x -t app:1 --no-push .')],
    ['not-applicable', 'docker buildx without a push', steps(`- cmd: docker buildx build -t ${image} .`)],
    [
      'fail',
      'one of two images is not tested',
      steps(build, run, '- build: -t $Registry/b:$ID .', `- push: ["${image}", "$Registry/b:$ID"]`),
    ],
    [
      'fail',
      'a task of one image pushes by itself',
      { tasks: [task('app', docker())] },
      { cites: ['tasks/0/step/isPushEnabled'] },
    ],
    [
      'not-applicable',
      'the builder refuses its version, so it never pushes',
      { tasks: [task('app', encoded('version: 1.1.0\nsteps:\n  - push: ["$Registry/app:1"]\n'))] },
    ],
    ['not-applicable', 'a task of one image does not push', { tasks: [task('app', docker({ isPushEnabled: false }))] }],
    ['unknown', 'the definition is in git', { tasks: [task('app', inGit())] }],
    ['unknown', 'the definition is no YAML', { tasks: [task('app', encoded('steps: ['))] }],
  ],
  {
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
  },
);
