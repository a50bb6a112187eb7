import { describe, expect, test } from 'vitest';
import { secretNames } from '../../src/index.ts';
import { type Contract, expectRefusal, failureOf, onPanel, unconfirmed } from './bench.ts';

export function connectionTests(contract: Contract): void {
  const { module } = contract;
  const secrets = secretNames(module.server);

  describe('the connection', () => {
    test(
      'a test says the version, the privileges and the packages',
      onPanel(contract, async (bench) => {
        const report = await module.testConnection(bench.call());
        expect(report.version).not.toBe('');
        expect(report.ok, JSON.stringify(report)).toBe(true);
        expect(report.privileges.filter(({ required, allowed }) => required && !allowed)).toEqual([]);
        if (module.listPackages) {
          const listed = await module.listPackages(bench.call());
          expect(report.packages.toSorted()).toEqual(listed.map(({ name }) => name).toSorted());
        }
      }),
    );

    test.skipIf(secrets.length === 0)(
      'wrong credentials are told as such, and nothing is made',
      onPanel(contract, async (bench) => {
        const wrong = {
          serverValues: Object.fromEntries(secrets.map((name) => [name, 'WRONGWRONGWRONGWRONGWRONGWRONG12'])),
        };
        const wanted = bench.wanted();
        await expectRefusal(module.testConnection(bench.call(wrong)), 'auth');
        await expectRefusal(bench.find(unconfirmed(wanted), wrong), 'auth');
        await expectRefusal(bench.create(wanted, wrong), 'auth');
        expect(bench.simulator.accounts()).toEqual([]);
      }),
    );

    test(
      'a panel that is not there is unreachable, never absent or unknown',
      onPanel(contract, async (bench) => {
        await bench.simulator.close();
        const wanted = bench.wanted();
        for (const attempt of [
          module.testConnection(bench.call()),
          bench.find(unconfirmed(wanted)),
          bench.create(wanted),
        ]) {
          const failure = await failureOf(attempt);
          expect(failure).toMatchObject({ kind: 'retry', code: 'unreachable' });
        }
      }),
    );

    test(
      'a certificate nobody vouches for is refused before anything is sent',
      onPanel(contract, async (bench) => {
        const pinnedOther = { mode: 'pin', fingerprint256: Array(32).fill('AB').join(':') } as const;
        for (const tls of [{ mode: 'verify' } as const, pinnedOther]) {
          await expectRefusal(bench.create(bench.wanted(), { tls }), 'certificate');
        }
        expect(bench.simulator.journal()).toEqual([]);
        expect(bench.exchanges.map(({ outcome }) => outcome)).toEqual(bench.exchanges.map(() => 'refused_certificate'));
      }),
    );

    test(
      'with the check off the panel is reached',
      onPanel(contract, async (bench) => {
        await expect(bench.find(unconfirmed(bench.wanted()), { tls: { mode: 'off' } })).resolves.toBe('absent');
      }),
    );
  });
}
