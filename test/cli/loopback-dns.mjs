// Preloaded into the tool under test: its resolvers ask the DNS server of the test instead of the machine's.
import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';

dns.Resolver = class extends dns.Resolver {
  constructor(options) {
    super(options);
    this.setServers([process.env.TEST_DNS_SERVER]);
  }
};
syncBuiltinESMExports();
