import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'login-name-protected',
  title: 'Nobody else can take the login name of the registry',
  problem: 'After a deletion anybody may take the login name of the registry',
  severity: 'info',
  profile: 'hardened',
  profileReason: 'It matters only once the registry is gone, and the lasting fix is a new registry.',
  since: '1.0',
  area: 'governance',
  needs: ['registry'],
  evidence: ['locks'],

  why: 'Once the registry is deleted and the cool-down of Azure is over, whoever creates the name serves what your manifests pull.',
  symptom: 'None while the registry is there; afterwards images of somebody else come by the old name.',
  cause: 'The registry was created without a domain name label, so its login server is its bare name.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[name, loginServer]"',
    'az lock list --subscription <subscription> --query "[].{level:level, on:id}"',
  ],
  fix: {
    steps: [
      commands.acrLock(),
      commands.manual(
        'A lock only helps while it is there. To be rid of the risk, create a new registry with a domain name label (az acr create --dnl-scope TenantReuse …), import the images and move the consumers: a registry gets its label at creation only.',
      ),
    ],
    breaks:
      'With the lock, deleting anything below the registry through ARM. With a new registry, every reference to the old login server.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-get-started-azure-cli'],

  evaluate({ registry: { id, name, loginServer }, locks }) {
    if (loginServer === null) return verdict.untold("Azure's answer has no login server");
    const server = { at: 'registry/loginServer', saw: loginServer } as const;
    if (!loginServer.toLowerCase().startsWith(`${name.toLowerCase()}.azurecr.`)) return verdict.pass(server);
    if (locks.state !== 'observed') return verdict.unseen(locks);
    const lock = posture.deletionLock(locks.value, id);
    if (lock.state === 'unclear') return lock.why;
    if (lock.state === 'locked')
      return verdict.passByOne(
        lock.seen,
        `The lock ${lock.name} keeps the registry, and so its name, from being given up`,
      );
    return verdict.fail({ ...server, wanted: 'a domain name label, or a lock that forbids deletion' });
  },
});
