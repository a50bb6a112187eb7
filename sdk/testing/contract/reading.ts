import { describe, expect, test } from 'vitest';
import { absent } from '../../src/index.ts';
import { type Contract, failureOf, onPanel } from './bench.ts';

export function readingTests(contract: Contract): void {
  const { module } = contract;

  describe('lists and links', () => {
    test.skipIf(!module.listAccounts)(
      'listAccounts tells the same of an account as find',
      onPanel(contract, async (bench) => {
        await expect(module.listAccounts?.(bench.call())).resolves.toEqual([]);
        const [first, second] = [await bench.standing(), await bench.standing()];
        const listed = await module.listAccounts?.(bench.call());
        expect(listed?.map(({ username }) => username).toSorted()).toEqual(
          [first.username, second.username].toSorted(),
        );
        const found = await bench.find(first);
        if (found === absent) throw new RangeError('The account is gone');
        expect(listed?.find(({ username }) => username === first.username)).toMatchObject({
          remoteId: found.remoteId,
          domain: found.domain,
          package: found.package,
          suspended: found.suspended,
        });
      }),
    );

    test.skipIf(!module.listAccounts).for(['html', 'cut', 'error_before', 'reset_after'] as const)(
      'a list under %s throws and is never taken for an empty one',
      (kind) =>
        onPanel(contract, async (bench) => {
          await bench.standing();
          bench.simulator.addFault({ on: 'any', kind });
          await failureOf(Promise.resolve(module.listAccounts?.(bench.call())));
        })(),
    );

    test.skipIf(!module.listPackages)(
      'listPackages names each package once, the sold ones among them',
      onPanel(contract, async (bench) => {
        const names = (await module.listPackages?.(bench.call()))?.map(({ name }) => name) ?? [];
        expect(new Set(names).size).toBe(names.length);
        const { package: sold } = bench.held(await bench.standing());
        expect(names).toContain(sold);
      }),
    );

    test.skipIf(!module.usage)(
      'usage covers every account in megabytes',
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        const usage = (await module.usage?.(bench.call())) ?? [];
        const own = usage.find(({ username }) => username === account.username);
        expect(own).toBeDefined();
        for (const value of [own?.diskUsedMb, own?.bandwidthUsedMb]) {
          if (value !== undefined) expect(value).toBeGreaterThanOrEqual(0);
        }
      }),
    );

    test.skipIf(!module.signOn)(
      'signOn gives another link each time',
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        const first = await module.signOn?.({ ...bench.call(), account });
        const second = await module.signOn?.({ ...bench.call(), account });
        expect(new URL(first?.url ?? '').protocol).toBe('https:');
        expect(second?.url).not.toBe(first?.url);
      }),
    );

    test.skipIf(!module.signOn)(
      'signOn of an account that is not there fails',
      onPanel(contract, async (bench) => {
        const missing = { reference: 'none', remoteId: 'hwnobody', username: 'hwnobody', domain: 'nobody.example' };
        await failureOf(Promise.resolve(module.signOn?.({ ...bench.call(), account: missing })));
      }),
    );
  });
}
