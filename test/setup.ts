import { configureGlobal } from 'fast-check';

// The same cases on every machine: a property test that fails today must fail for whoever looks at it tomorrow.
configureGlobal({ seed: 20_261_123 });
