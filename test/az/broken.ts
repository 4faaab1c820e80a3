/** Commands on which Debian's azure-cli 2.74 breaks. They go through `az rest`, and each time that is said. */
export interface Broken {
  /** How the command begins, without `az`. */
  readonly words: string;
  readonly because: string;
  /** Bash that asks the same with `az rest`; `"$@"` are the words. `option NAME "$@"` gives the value of an option. */
  readonly rest: string;
}

const noMonitor = "Debian's python3-azure lacks what the module 'monitor' needs: it does not load";
const settings = '$(option --resource "$@")/providers/Microsoft.Insights/diagnosticSettings';
const version = 'api-version=2021-05-01-preview';

export const broken: readonly Broken[] = [
  {
    words: 'monitor diagnostic-settings create',
    because: noMonitor,
    rest: `az rest --method put --url "${settings}/$(option --name "$@")?${version}" --body "{\\"properties\\": {\\"workspaceId\\": \\"$(option --workspace "$@")\\", \\"logs\\": $(option --logs "$@")}}"`,
  },
  {
    words: 'monitor diagnostic-settings list',
    because: noMonitor,
    rest: `az rest --method get --url "${settings}?${version}" --query "value | $(option --query "$@")" --output tsv`,
  },
  {
    words: 'monitor diagnostic-settings show',
    because: noMonitor,
    rest: `az rest --method get --url "${settings}/$(option --name "$@")?${version}" --query "properties | $(option --query "$@")" --output tsv`,
  },
  {
    words: 'security pricing create',
    because: 'the packaged azure-mgmt-security has no PricingsOperations.update with extensions',
    rest: [
      'extensions=$(for one in "$@"; do case $one in name=*) printf \'{"name": "%s", "isEnabled": "True"}\\n\' "${one#name=}";; esac; done | paste -sd,)',
      `az rest --method put --url "/subscriptions/$(option --subscription "$@")/providers/Microsoft.Security/pricings/$(option --name "$@")?api-version=2024-01-01" --body "{\\"properties\\": {\\"pricingTier\\": \\"Standard\\", \\"extensions\\": [$extensions]}}"`,
    ].join('; '),
  },
  {
    words: 'monitor diagnostic-settings update',
    because: noMonitor,
    rest: `az rest --method put --url "${settings}/$(option --name "$@")?${version}" --body "{\\"properties\\": {\\"workspaceId\\": $(az rest --method get --url "${settings}/$(option --name "$@")?${version}" --query properties.workspaceId), \\"logs\\": $(option --set "$@" | sed s/^logs=//)}}"`,
  },
];
