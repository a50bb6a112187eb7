import { describe, expect, test } from 'vitest';
import { absent } from '../../src/index.ts';
import { type Contract, failureOf, onPanel, unconfirmed } from './bench.ts';
import { DONE_UNTOLD, HANG_MS, NOT_DONE_UNTOLD, REFUSED } from './fault-kinds.ts';

export function findingTests(contract: Contract): void {
  describe('find', () => {
    test(
      'describes the account that create made',
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        const created = await bench.create(wanted);
        const found = await bench.find({ ...unconfirmed(wanted), remoteId: created.remoteId });
        expect(found).toMatchObject({
          remoteId: created.remoteId,
          username: wanted.username,
          domain: wanted.domain,
          package: bench.held(wanted).package,
          suspended: false,
          suspendReason: '',
        });
        await expect(bench.find(unconfirmed(wanted))).resolves.toEqual(found);
      }),
    );

    test.for(['en', 'pl'] as const)('says absent when the panel says so (%s)', (locale) =>
      onPanel(
        contract,
        async (bench) => {
          await expect(bench.find(unconfirmed(bench.wanted()))).resolves.toBe(absent);
          // The neighbour's name begins with the one that is looked for.
          const { username } = bench.wanted();
          bench.simulator.addForeignAccount({ username, domain: 'neighbour.example' });
          const shorter = bench.wanted({ username: username.slice(0, -1) });
          await expect(bench.find(unconfirmed(shorter))).resolves.toBe(absent);
        },
        { locale },
      )());

    test(
      "does not take somebody else's account for an unconfirmed one of ours",
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        bench.simulator.addForeignAccount({ username: wanted.username, domain: 'somebody-else.example' });
        await expect(bench.find(unconfirmed(wanted))).resolves.toBe(absent);
      }),
    );

    test.for([...DONE_UNTOLD, ...NOT_DONE_UNTOLD, ...REFUSED])('throws, and never says absent, under %s', (kind) =>
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        bench.simulator.addFault({ on: 'find', kind, delayMs: HANG_MS });
        await failureOf(bench.patiently((options) => bench.find(account, options)));
        await failureOf(bench.patiently((options) => bench.find(unconfirmed(bench.wanted()), options)));
      })());

    test(
      'waits for a slow panel',
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        bench.simulator.addFault({ on: 'find', kind: 'slow', delayMs: 300 });
        await expect(bench.find(account)).resolves.toMatchObject({ username: account.username });
      }),
    );
  });
}
