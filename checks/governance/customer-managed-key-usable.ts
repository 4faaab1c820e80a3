import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'customer-managed-key-usable',
  title: 'The key that encrypts the images cannot be lost, and can be used',
  problem: 'The key that encrypts the images can be lost, or cannot be used',
  severity: 'high',
  profile: 'regulated',
  profileReason: 'It judges a key of your own, and the vault it is in.',
  since: '1.0',
  article: ['Security notes'],
  frameworks: ['MCSB DP-8'],
  area: 'governance',
  needs: ['registry', 'keyVaults'],

  why: 'Without its key the registry answers nothing: whoever may purge the vault, or loses the key by mistake, loses every image for good.',
  symptom: 'Every pull and push fails, with an error about the key vault; "az acr check-health" names the identity.',
  signs: ['CMK_ERROR'],
  cause:
    'The vault was made without purge protection, its firewall was closed to trusted services, or the identity that reads the key was taken from the registry.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[encryption.keyVaultProperties, identity]"',
    'az keyvault show --name <vault> --query "properties.[enablePurgeProtection, enableSoftDelete, publicNetworkAccess, networkAcls]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Ask the owner of the vault to switch purge protection on and to let trusted services in; give the registry the identity that its key settings name.',
      ),
    ],
    breaks:
      'Purge protection cannot be switched off again: a deleted vault keeps its name for the whole retention period.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/tutorial-enable-customer-managed-keys',
    'https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview',
  ],

  evaluate({ registry, keyVaults }) {
    switch (registry.encryption?.status) {
      case 'enabled':
        break;
      case 'disabled':
        return verdict.notApplicable('the registry has no customer-managed key');
      default:
        return verdict.untold("Azure's answer does not say whether the registry has a customer-managed key");
    }
    return verdict.on(
      [readerPart(posture.keyReader(registry)), ...vaultParts(posture.keyPlace(registry, keyVaults))],
      'the registry has no customer-managed key',
    );
  },
});

function readerPart(reader: posture.KeyReader): verdict.Part {
  const thing = 'identity/key';
  if (reader.state === 'unclear') return verdict.unclear(thing, reader.why);
  if (reader.state === 'own') return verdict.good(thing, reader.seen);
  return verdict.bad(thing, reader.seen, `the identity that reads the key is none of the registry's`, {
    steps: [
      commands.manual(
        'Give the registry the identity that its key settings name, or let one that it has read the key.',
      ),
    ],
  });
}

function vaultParts(place: posture.KeyPlace): verdict.Part[] {
  const thing = `vault/${place.host?.split('.')[0] ?? 'key'}`;
  if ('why' in place) return [verdict.unclear(thing, place.why)];
  const { at, vault } = place;
  const { name, purgeProtection, softDelete } = vault;
  const purge = { at: `${at}/purgeProtection`, saw: purgeProtection, wanted: true, about: name } as const;
  const deleted = { at: `${at}/softDelete`, saw: softDelete, wanted: true, about: name } as const;
  const { lets, seen } = posture.letsRegistriesIn(vault, at);
  return [
    // Azure leaves it out where it is off.
    purgeProtection
      ? verdict.good(thing, purge)
      : verdict.bad(thing, purge, `whoever may purge vault ${name} deletes the key for good`, {
          steps: [askOwner(name, 'switch purge protection on', '--enable-purge-protection true')],
        }),
    softDelete === null
      ? verdict.unclear(thing, verdict.untold(`Azure's answer has no enableSoftDelete of vault ${name}`))
      : softDelete
        ? verdict.good(thing, deleted)
        : verdict.bad(thing, deleted, `a key that is deleted in vault ${name} is gone`),
    lets === null
      ? verdict.unclear(thing, verdict.untold(`whether vault ${name} lets trusted services in is not told`))
      : lets
        ? verdict.good(thing, seen)
        : verdict.bad(thing, seen, `vault ${name} refuses the registry`, {
            steps: [askOwner(name, 'let trusted services in', '--bypass AzureServices')],
          }),
  ];
}

const askOwner = (vault: string, what: string, flags: string) =>
  commands.manual(`Ask the owner of vault ${vault} to ${what}: az keyvault update --name ${vault} ${flags}`);
