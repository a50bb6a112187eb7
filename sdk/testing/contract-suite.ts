/**
 * The tests every panel module passes against its simulator. Vitest runs them:
 *
 *     contractSuite({ module, start: startSimulator, product: { package: 'starter' }, changedProduct: { package: 'business' } });
 *
 * A function that the module lacks shows as skipped.
 */
import { describe } from 'vitest';
import type { Contract } from './contract/bench.ts';
import { connectionTests } from './contract/connection.ts';
import { creatingTests } from './contract/creating.ts';
import { findingTests } from './contract/finding.ts';
import { lifecycleTests } from './contract/lifecycle.ts';
import { readingTests } from './contract/reading.ts';
import { secretTests } from './contract/secrets.ts';
import { stepTests } from './contract/steps.ts';

export type { Contract } from './contract/bench.ts';

/** Registers the tests; call it at the top level of a test file. */
export function contractSuite(contract: Contract): void {
  describe(`${contract.module.id} keeps the contract`, { timeout: 30_000, concurrent: true }, () => {
    connectionTests(contract);
    findingTests(contract);
    creatingTests(contract);
    lifecycleTests(contract);
    stepTests(contract);
    readingTests(contract);
    secretTests(contract);
  });
}
