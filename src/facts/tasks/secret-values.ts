/** What a name that holds a secret ends in: `DB_PASSWORD`, `apiKey`, `FEED_PAT`; words are apart and in small letters. */
const telling =
  /(?:password|passwd|passphrase|secret|token|(?:^|[^a-z])(?:pwd|pass|pat|bearer)|(?:store|key|db|user|root|admin|sudo)pass|sonar\.login|^_auth|secret[._-]?key[._-]?base|api[._-]?key|(?:access|account|storage|subscription|function|master|private|shared|signing|encryption|primary|secondary|secret|ssh|deploy|license)[._-]?key)\d*$/;

/** The name of a secret that is kept elsewhere, and a switch that takes no value. */
const elsewhere = /(?:pull|existing|image|tls)[._-]?secret$|^-*with-/;

/** Whether a name says that its value is a secret. */
export function tells(name: string): boolean {
  const plain = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  return telling.test(plain) && !elsewhere.test(plain);
}

/** Words that a flag may take, and that are no secret. */
const vocabulary =
  /^(?:true|false|null|none|yes|no|on|off|enabled?|disabled?|required|optional|auto|default|always|never|stdin|default_token|todo|redacted|masked)$/i;

/** Whether a value may be one: no reference, no number, no placeholder, no word of a vocabulary. */
export function maybeSecret(value: string): boolean {
  const text = value.trim();
  if (text === '' || vocabulary.test(text) || /^\d+$/.test(text)) return false;
  // A variable, a template, a path to a mounted secret, a reference to a vault, an address.
  if (
    /^(?:\$|%[^%]*%$|\{\{|<|\/|\.\/|~\/|@Microsoft\.KeyVault\(|https?:|(?:secretref|vault|env|file|keyvault|id|src|type)[:=])/i.test(
      text,
    )
  )
    return false;
  if (/\$\{?\w+\}?$|\$\(|\{\{.*\}\}|\uE000/.test(text)) return false;
  if (/^(?:\*+|x{3,}|\.{3,}|-+)$/i.test(text)) return false;
  // The name of a header or of a secret, not its value: `X-CSRF-Token`.
  return !/^[A-Za-z]+(?:-[A-Za-z]+)+$/.test(text) || !/token|secret|password|key/i.test(text);
}
