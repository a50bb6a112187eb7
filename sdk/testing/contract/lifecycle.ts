import { describe, expect, test } from 'vitest';
import { type AccountRef, absent } from '../../src/index.ts';
import type { FaultTarget } from '../simulator.ts';
import { type Bench, type Contract, expectRefusal, failureOf, onPanel, outcomeOf, unconfirmed } from './bench.ts';
import { DONE_UNTOLD, HANG_MS, NOT_DONE_UNTOLD, REFUSED } from './fault-kinds.ts';

const NEW_PASSWORD = 'Vn8-Hd3_Bq6.Ys2-Gc7w';
const REASON = 'Unpaid invoice 2026-0042';

type Options = Parameters<Bench['call']>[0];

/** An act as the tests see it: how to get ready for it, how to do it, and what then holds. */
interface Act {
  name: FaultTarget & keyof Contract['module'];
  before?: (bench: Bench, account: AccountRef) => Promise<unknown> | undefined;
  run: (bench: Bench, account: AccountRef, options?: Options) => Promise<void> | undefined;
  done: (bench: Bench, account: AccountRef) => Promise<boolean>;
  /** What a missing account means for it. */
  onMissing: 'refused' | 'success';
}

const suspended = async (bench: Bench, account: AccountRef) => {
  const found = await bench.find(account);
  if (found === absent) throw new RangeError('The account is gone');
  expect(found.suspended).toBe(bench.held(account).suspended);
  return found.suspended;
};

const ACTS: Act[] = [
  {
    name: 'suspend',
    run: (bench, account, options) => bench.module.suspend?.({ ...bench.call(options), account, reason: REASON }),
    done: suspended,
    onMissing: 'refused',
  },
  {
    name: 'unsuspend',
    before: (bench, account) => bench.module.suspend?.({ ...bench.call(), account, reason: REASON }),
    run: (bench, account, options) => bench.module.unsuspend?.({ ...bench.call(options), account }),
    done: async (bench, account) => !(await suspended(bench, account)),
    onMissing: 'refused',
  },
  {
    name: 'changePackage',
    run: (bench, account, options) =>
      bench.module.changePackage?.({ ...bench.call(options), account, product: bench.changedProduct }),
    done: async (bench, account) => {
      const { package: name } = bench.held(account);
      await expect(bench.find(account)).resolves.toMatchObject({ package: name });
      return Object.values(bench.changedProduct).includes(name);
    },
    onMissing: 'refused',
  },
  {
    name: 'changePassword',
    run: (bench, account, options) =>
      bench.module.changePassword?.({ ...bench.call(options), account, password: NEW_PASSWORD }),
    done: async (bench, account) => bench.held(account).password === NEW_PASSWORD,
    onMissing: 'refused',
  },
  {
    name: 'terminate',
    run: (bench, account, options) =>
      bench.module.terminate?.({ ...bench.call(options), account, product: bench.product }),
    done: async (bench, account) => {
      const gone = bench.simulator.account(account.username) === undefined;
      expect((await bench.find(account)) === absent).toBe(gone);
      return gone;
    },
    onMissing: 'success',
  },
];

export function lifecycleTests(contract: Contract): void {
  describe.for(ACTS)('$name', (act) => {
    const lacking = contract.module[act.name] === undefined;

    async function ready(bench: Bench): Promise<AccountRef> {
      const account = await bench.standing();
      await act.before?.(bench, account);
      expect(await act.done(bench, account), 'nothing done yet').toBe(false);
      return account;
    }

    test.skipIf(lacking)(
      'is done, and asking again changes nothing',
      onPanel(contract, async (bench) => {
        const account = await ready(bench);
        await act.run(bench, account);
        expect(await act.done(bench, account)).toBe(true);
        await act.run(bench, account);
        expect(await act.done(bench, account)).toBe(true);
      }),
    );

    describe.for(['en', 'pl'] as const)('on a panel that speaks %s', (locale) => {
      test.skipIf(lacking)(
        `of an account that is not there is ${act.onMissing}`,
        onPanel(
          contract,
          async (bench) => {
            const missing = { ...unconfirmed(bench.wanted()), remoteId: 'hwnobody', username: 'hwnobody' };
            if (act.onMissing === 'success') await act.run(bench, missing);
            else await expectRefusal(Promise.resolve(act.run(bench, missing)), 'not_found');
          },
          { locale },
        ),
      );

      test.skipIf(lacking)(
        'twice is still fine',
        onPanel(
          contract,
          async (bench) => {
            const account = await ready(bench);
            await act.run(bench, account);
            await act.run(bench, account);
            expect(await act.done(bench, account)).toBe(true);
          },
          { locale },
        ),
      );
    });

    test.skipIf(lacking).for(DONE_UNTOLD)('done under %s, it is unknown or proved, and the next try succeeds', (kind) =>
      onPanel(contract, async (bench) => {
        const account = await ready(bench);
        bench.simulator.addFault({ on: act.name, kind, times: 1, delayMs: HANG_MS });
        const failure = await outcomeOf(bench.patiently(async (options) => act.run(bench, account, options)));
        if (failure) expect(failure.kind, `${failure.code}: ${failure.detail}`).toBe('unknown');
        expect(await act.done(bench, account)).toBe(true);
        await act.run(bench, account);
        expect(await act.done(bench, account)).toBe(true);
      })(),
    );

    test.skipIf(lacking).for([...NOT_DONE_UNTOLD, ...REFUSED])('fails under %s, and the next try succeeds', (kind) =>
      onPanel(contract, async (bench) => {
        const account = await ready(bench);
        bench.simulator.addFault({ on: act.name, kind, times: 1 });
        const failure = await failureOf(Promise.resolve(act.run(bench, account)));
        if (REFUSED.includes(kind)) expect(failure.kind, `${failure.code}: ${failure.detail}`).not.toBe('unknown');
        expect(await act.done(bench, account)).toBe(false);
        await act.run(bench, account);
        expect(await act.done(bench, account)).toBe(true);
      })(),
    );
  });

  describe('between acts', () => {
    const { module } = contract;

    test.skipIf(!module.suspend)(
      'the reason of a suspension is told, or nothing is',
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        await module.suspend?.({ ...bench.call(), account, reason: REASON });
        const found = await bench.find(account);
        expect(['', REASON]).toContain(found === absent ? absent : found.suspendReason);
      }),
    );

    test.skipIf(!module.unsuspend)(
      'unsuspending an active account succeeds',
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        await module.unsuspend?.({ ...bench.call(), account });
        expect(await suspended(bench, account)).toBe(false);
      }),
    );

    test.skipIf(!module.terminate || !module.suspend)(
      'a suspended account can be terminated',
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        await module.suspend?.({ ...bench.call(), account, reason: REASON });
        await module.terminate?.({ ...bench.call(), account, product: bench.product });
        expect(bench.simulator.accounts()).toEqual([]);
      }),
    );

    test.skipIf(!module.terminate)(
      "terminating leaves somebody else's account of that name alone",
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        await module.terminate?.({ ...bench.call(), account, product: bench.product });
        bench.simulator.addForeignAccount({ username: account.username, domain: 'somebody-else.example' });
        await outcomeOf(Promise.resolve(module.terminate?.({ ...bench.call(), account, product: bench.product })));
        expect(bench.held(account).domain).toBe('somebody-else.example');
      }),
    );

    describe.for(['en', 'pl'] as const)('on a panel that speaks %s', (locale) => {
      test.skipIf(!module.changePackage)(
        'changing to a package that is not there changes nothing',
        onPanel(
          contract,
          async (bench) => {
            const product = bench.productWithoutPackage();
            if (product === undefined) return;
            const account = await bench.standing();
            const { package: before } = bench.held(account);
            await expectRefusal(
              Promise.resolve(module.changePackage?.({ ...bench.call(), account, product })),
              'package_missing',
            );
            expect(bench.held(account).package).toBe(before);
          },
          { locale },
        ),
      );
    });
  });
}
