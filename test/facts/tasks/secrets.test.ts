import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { withoutSecrets } from '../../../src/facts/tasks/secret-masks.ts';
import { maskNamed, maskSecrets } from '../../../src/facts/tasks/secrets.ts';
import { harmlessTexts, secretTexts } from './secret-texts.ts';

// Assembled, so that no scanner takes this file for a leak.
const PW = ['hunter', '2'].join('');
const words = ['three', 'secret', 'words'].join(' ');
const encoded = Buffer.from(`admin:${PW}-${PW}`).toString('base64');
const jwt = `${'eyJhbGciOiJIUzI1NiJ9'}.${'eyJzdWIiOiIxMjM0NTY3ODkwIn0'}.${'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'}`;
const azdo = `${'a1B2'.repeat(19)}AZDO${'x9Yz'}`;
const oldPat = 'a2b3c4d5e6f7'.repeat(5).slice(0, 52);
const glpat = `glpat-${'AbCdEfGhIjKlMnOpQrSt'}`;
const github = `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`;
const key86 = `${'A1b2C3d4'.repeat(11).slice(0, 86)}==`;
const sig = `${'aB3dE5fG7hI9'.repeat(4)}%3D`;

/** A step of a definition with this command. */
const cmd = (line: string): string => `version: v1.1.0\nsteps:\n  - cmd: ${line}\n`;
const block = (...lines: readonly string[]): string =>
  `version: v1.1.0\nsteps:\n  - cmd: |\n${lines.map((line) => `      ${line}\n`).join('')}`;

describe('a credential is found and masked', () => {
  test.each<readonly [string, string, string]>([
    ['docker login -p', cmd(`docker login -u app -p ${PW} contoso.azurecr.io`), PW],
    ['docker login --password', cmd(`docker login -u app --password ${PW} contoso.azurecr.io`), PW],
    ['docker login --password=', cmd(`docker login -u app --password=${PW} contoso.azurecr.io`), PW],
    ['az acr login -p', cmd(`az acr login -n x -u app -p ${PW}`), PW],
    ['oras login', cmd(`oras login -u app -p ${PW} x.azurecr.io`), PW],
    ['helm registry login', cmd(`helm registry login x.azurecr.io -u app -p ${PW}`), PW],
    ['az login', cmd(`az login --service-principal -u id -p ${PW} --tenant t`), PW],
    [
      'az login over several lines',
      block('az login --service-principal \\', '  -u id \\', `  -p ${PW} \\`, '  --tenant t'),
      PW,
    ],
    [
      'az login in a folded block',
      `version: v1.1.0\nsteps:\n  - cmd: >\n      az login --service-principal\n      -u id -p ${PW}\n`,
      PW,
    ],
    ['echo to --password-stdin', cmd(`echo ${PW} | docker login -u app --password-stdin x.azurecr.io`), PW],
    ['echo in quotes', cmd(`bash -c 'echo "${PW}" | docker login -u app --password-stdin x.azurecr.io'`), PW],
    ['printf', cmd(`printf '%s' ${PW} | oras login --password-stdin x.azurecr.io`), PW],
    ['base64', cmd(`sh -c "echo ${encoded} | base64 -d | docker login -u app --password-stdin x"`), encoded],
    ['base64 --decode', cmd(`echo ${encoded} | base64 --decode > key`), encoded],
    ['acr purge -p', cmd(`acr purge -r x -u ci -p ${PW} --filter 'app:^v' --ago 30d`), PW],
    ['acr purge --password', cmd(`acr purge -r x -u ci --password ${PW} --filter 'app:^v' --ago 30d`), PW],
    ['--password', cmd(`tool --password ${PW}`), PW],
    ['--password with spaces', cmd(`tool --password "${words}"`), words],
    ['--client-secret', cmd(`tool --client-secret ${PW}`), PW],
    ['--account-key', cmd(`az storage blob list --account-key ${PW}`), PW],
    ['--api-key', cmd(`dotnet nuget push a.nupkg --api-key ${PW}`), PW],
    ['helm repo add', cmd(`helm repo add x https://x --username u --password ${PW}`), PW],
    ['snyk auth', cmd(`snyk auth ${PW}-token`), `${PW}-token`],
    ['-Dsonar.login', cmd(`mvn sonar:sonar -Dsonar.token=${PW}`), PW],
    ['--token=', cmd(`tool --token=${PW}`), PW],
    ['--api-token=', cmd(`tool --api-token=${PW}`), PW],
    ['--sas-token', cmd(`az storage blob list --sas-token ${PW}`), PW],
    ['curl -u', cmd(`curl -u admin:${PW} https://x`), PW],
    ['curl --user', cmd(`curl --user admin:${PW} https://x`), PW],
    ['sqlcmd -P', cmd(`sqlcmd -S x -U sa -P ${PW}`), PW],
    ['redis-cli -a', cmd(`redis-cli -h x -a ${PW} ping`), PW],
    ['mysql -p', cmd(`mysql -u root -p${PW} db`), PW],
    ['sshpass', cmd(`sshpass -p ${PW} ssh x`), PW],
    ['pip', cmd(`pip install --index-url https://u:${PW}@pkgs.example.com/simple x`), PW],
    ['Authorization: Bearer', cmd(`curl -H "Authorization: Bearer ${PW}-${PW}" https://x`), `${PW}-${PW}`],
    ['Authorization: Basic', cmd(`curl -H 'Authorization: Basic ${encoded}' https://x`), encoded],
    ['a JWT', cmd(`tool ${jwt}`), jwt],
    ['x-api-key', cmd(`curl -H "x-api-key: ${PW}" https://x`), PW],
    ['PRIVATE-TOKEN', cmd(`curl -H "PRIVATE-TOKEN: ${glpat}" https://x`), glpat],
    ['Ocp-Apim-Subscription-Key', cmd(`curl -H "Ocp-Apim-Subscription-Key: ${PW}" https://x`), PW],
    ['AccountKey=', cmd(`tool "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${key86}"`), key86],
    ['SharedAccessKey=', cmd(`tool "Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey=${PW}="`), PW],
    ['Password= of a connection string', cmd(`tool "Server=x;User Id=sa;Password=${PW};Encrypt=true"`), PW],
    ['Pwd=', cmd(`tool "Server=x;Uid=sa;Pwd=${PW}"`), PW],
    ['postgres', cmd(`psql postgres://u:${PW}@x/db`), PW],
    ['mongodb', cmd(`mongodump mongodb+srv://u:${PW}@x/db`), PW],
    ['AZURE_STORAGE_KEY=', cmd(`bash -c "AZURE_STORAGE_KEY=${PW} run"`), PW],
    ['--build-arg FEED_PAT', `version: v1.1.0\nsteps:\n  - build: -t x --build-arg FEED_PAT=${PW} .\n`, PW],
    ['--build-arg NUGET_PAT', `version: v1.1.0\nsteps:\n  - build: -t x --build-arg NUGET_PAT=${PW} .\n`, PW],
    ['env in a list', `version: v1.1.0\nsteps:\n  - cmd: run\n    env: [COSIGN_PASSWORD=${PW}]\n`, PW],
    ['env in lines', `version: v1.1.0\nsteps:\n  - cmd: run\n    env:\n      - PGPASSWORD=${PW}\n`, PW],
    ['AZURE_CLIENT_SECRET', cmd(`bash -c "AZURE_CLIENT_SECRET=${PW} run"`), PW],
    ['VAULT_TOKEN', `version: v1.1.0\nsteps:\n  - cmd: run\n    env: ["VAULT_TOKEN=${PW}"]\n`, PW],
    ['password:', `password: ${PW}\n`, PW],
    ['client_secret:', `auth:\n  client_secret: "${PW}"\n`, PW],
    [
      'a value of alias',
      `version: v1.1.0\nalias:\n  values:\n    dbpassword: ${PW}\nsteps:\n  - cmd: run $dbpassword\n`,
      PW,
    ],
    ['PEM on one line', cmd(`echo "-----BEGIN PRIVATE KEY-----MIIEvQ${PW}-----END PRIVATE KEY-----"`), `MIIEvQ${PW}`],
    ['a token alone in a URL', `https://${azdo}@dev.azure.com/o/p/_git/r`, azdo],
    ['a word alone in a URL of git', `https://${oldPat}@dev.azure.com/o/p/_git/r`, oldPat],
    ['user and password in a URL', `https://u:${PW}@github.com/o/r.git`, PW],
    ['?token=', `https://example.com/app.tar.gz?token=${PW}${PW}`, `${PW}${PW}`],
    ['a function key', cmd(`curl https://x.azurewebsites.net/api/f?code=${PW}${PW}==`), `${PW}${PW}`],
    [
      'a chat webhook',
      cmd(`curl -d x https://x.webhook.office.com/webhookb2/${PW}-${PW}@${PW}/IncomingWebhook/${PW}`),
      `${PW}-${PW}`,
    ],
    ['SAS', `https://x.blob.core.windows.net/c/t.yaml?sv=1&sig=${sig}`, sig],
    ['a GitHub token', cmd(`tool ${github}`), github],
    ['an Azure DevOps token', cmd(`tool ${azdo}`), azdo],
    ['an older Azure DevOps token', cmd(`tool ${oldPat}`), oldPat],
    ['a GitLab token', cmd(`tool ${glpat}`), glpat],
    ['a host with a login', `u:${PW}@registry.example.com`, PW],
  ])('%s', async (_what, text, secret) => {
    const { text: masked, findings } = await maskSecrets(text, 'task definition');
    expect(masked).not.toContain(secret);
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  test('a named value is judged by its name, whatever is in it', async () => {
    expect(await maskNamed('DB_PASSWORD', words, 'value DB_PASSWORD')).toEqual({
      text: '<masked>',
      findings: [{ rule: 'literal-credential', where: 'value DB_PASSWORD' }],
    });
    expect(await maskNamed('conn', `Server=x;Password=${PW}`, 'value conn')).toMatchObject({
      text: 'Server=x;Password=<masked>',
    });
  });

  test('it is masked where it stands again, and a longer word that holds it stays', async () => {
    const text = 'deploy --password shopping\ndeploy shopping\ndeploy my-shopping shopping-list\n';
    expect(await maskSecrets(text, 'x')).toEqual({
      text: 'deploy --password <masked>\ndeploy <masked>\ndeploy my-shopping shopping-list\n',
      findings: [{ rule: 'password-argument', where: 'x, line 1' }],
    });
  });

  test.each(['-u robot', '--username robot', '--username=robot', '-urobot', '-u=robot', "-u 'robot'"])(
    'the user of a purge (%s) is masked, and is no finding',
    async (user) => {
      const { text, findings } = await maskSecrets(
        cmd(`acr purge -r x ${user} -p $PW --filter 'app:^v' --ago 30d`),
        'x',
      );
      expect(text).not.toContain('robot');
      expect(findings).toEqual([]);
    },
  );
});

describe('what only looks like one is left alone', () => {
  test.each([
    cmd('az acr login -n x && docker run -d -p 5000:5000 registry:2'),
    cmd('az login --identity && mkdir -p /workspace'),
    cmd('docker run reg/login:v1 -p 8080'),
    cmd('bash -c "OPENAI_MAX_TOKEN=128000 run"'),
    cmd('bash -c "CSRF_TOKEN=X-CSRF-Token run"'),
    cmd('tool --check-token=enabled'),
    cmd('bash -c "TOKEN=%TOKEN% run"'),
    cmd('bash -c "SECRET=@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/x) run"'),
    cmd('docker login -u app -p $PASSWORD contoso.azurecr.io'),
    cmd('docker login --password-stdin contoso.azurecr.io'),
    cmd('echo $PW | docker login -u app --password-stdin contoso.azurecr.io'),
    cmd('az keyvault secret show --name db-password --vault-name kv'),
    cmd('acr purge --filter "app:^v.*$" --ago 30d --keep 5'),
    cmd('bash -c "TOKEN=$(cat /run/secrets/token) run"'),
    cmd('docker build --secret id=npm,src=/run/secrets/npm .'),
    cmd('tool --token {{.Values.token}}'),
    cmd('curl -u $USER:$PASS https://x'),
    cmd('echo hello | base64 -d'),
    'version: v1.1.0\nsecrets:\n  - id: sample\n    keyvault: https://kv.vault.azure.net/secrets/x\nsteps:\n  - cmd: run\n',
    'https://github.com/o/r.git#main:folder',
    'version: v1.1.0\nsteps:\n  - build: -t $Registry/app:$ID --build-arg VERSION=1.2.3 .\n  - push: ["$Registry/app:$ID"]\n',
  ])('%s', async (text) => {
    expect(await maskSecrets(text, 'x')).toEqual({ text, findings: [] });
  });
});

describe('of the forms that people write', () => {
  test.each(secretTexts)('%j holds one', async (text, secret) => {
    const { text: masked, findings } = await maskSecrets(text, 'task definition');
    expect(masked).not.toContain(secret);
    expect(findings).not.toEqual([]);
    // What Azure repeats of it in an error text is masked as well.
    expect(withoutSecrets(text)).not.toContain(secret);
  });

  test.each(harmlessTexts)('%j holds none', async (text) => {
    expect(await maskSecrets(text, 'x')).toEqual({ text, findings: [] });
  });
});

test('the work grows with the texts, not with their square: nothing is measured and kept', async () => {
  const before = performance.getEntries().length;
  for (let one = 0; one < 300; one++) await maskSecrets(`ARG_${one}=value`, 'x');
  expect(performance.getEntries().length).toBe(before);
});
