import { describe, expect, test } from 'vitest';
import { absent } from '../../src/index.ts';
import { type Contract, expectRefusal, failureOf, onPanel, outcomeOf, unconfirmed } from './bench.ts';
import { DONE_UNTOLD, HANG_MS, NOT_DONE_UNTOLD, REFUSED } from './fault-kinds.ts';

export function creatingTests(contract: Contract): void {
  describe('create', () => {
    test(
      'makes the account as wanted',
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        const account = await bench.create(wanted);
        expect(account).toMatchObject({ username: wanted.username, domain: wanted.domain, suspended: false });
        expect(bench.held(wanted)).toMatchObject({
          domain: wanted.domain,
          package: account.package,
          password: wanted.password,
          email: wanted.owner.email,
        });
      }),
    );

    test(
      'twice makes one account and answers it twice',
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        const first = await bench.create(wanted);
        const second = await bench.create(wanted);
        expect(second).toMatchObject({ remoteId: first.remoteId, username: first.username, domain: first.domain });
        expect(bench.simulator.accounts()).toHaveLength(1);
      }),
    );

    test(
      'twice at once makes one account',
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        const outcomes = await Promise.all([outcomeOf(bench.create(wanted)), outcomeOf(bench.create(wanted))]);
        expect(outcomes).toContain(undefined);
        expect(bench.simulator.accounts()).toHaveLength(1);
      }),
    );

    test.for(DONE_UNTOLD)('an account made under %s is unknown or proved, then found, then adopted', (kind) =>
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        bench.simulator.addFault({ on: 'create', kind, times: 1, delayMs: HANG_MS });
        const failure = await outcomeOf(bench.patiently((options) => bench.create(wanted, options)));
        if (failure) expect(failure.kind, `${failure.code}: ${failure.detail}`).toBe('unknown');
        expect(bench.simulator.accounts()).toHaveLength(1);
        const found = await bench.find(unconfirmed(wanted));
        const adopted = await bench.create(wanted);
        expect(found).toMatchObject({ remoteId: adopted.remoteId, username: wanted.username, domain: wanted.domain });
        expect(bench.simulator.accounts()).toHaveLength(1);
      })());

    test.for(NOT_DONE_UNTOLD)('nothing is made under %s, and the next try makes it', (kind) =>
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        bench.simulator.addFault({ on: 'create', kind, times: 1 });
        await failureOf(bench.create(wanted));
        await expect(bench.find(unconfirmed(wanted))).resolves.toBe(absent);
        await bench.create(wanted);
        expect(bench.simulator.accounts()).toHaveLength(1);
      })());

    test.for([
      ...REFUSED,
      'quota_full',
    ] as const)('the panel saying no (%s) is a no, and the next try makes it', (kind) =>
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        bench.simulator.addFault({ on: 'create', kind, times: 1 });
        const failure = await failureOf(bench.create(wanted));
        expect(failure.kind, `${failure.code}: ${failure.detail}`).not.toBe('unknown');
        if (kind === 'rate_block') expect(failure.kind).toBe('retry');
        if (kind === 'quota_full') expect(['server_full', 'quota_full']).toContain(failure.code);
        expect(bench.simulator.accounts()).toEqual([]);
        await bench.create(wanted);
        bench.held(wanted);
      })());

    test(
      'waits for a slow panel',
      onPanel(contract, async (bench) => {
        bench.simulator.addFault({ on: 'create', kind: 'slow', delayMs: 300 });
        const wanted = bench.wanted();
        await bench.create(wanted);
        bench.held(wanted);
      }),
    );

    test(
      'a half-made account is never taken for an account',
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        bench.simulator.addFault({ on: 'create', kind: 'half_done', times: 1 });
        await failureOf(bench.create(wanted));
        await expect(bench.find(unconfirmed(wanted))).resolves.toBe(absent);
        const failure = await outcomeOf(bench.create(wanted));
        if (failure) expect(failure.kind).not.toBe('unknown');
        expect(bench.simulator.accounts()).toHaveLength(failure ? 0 : 1);
      }),
    );

    describe.for(['en', 'pl'] as const)('on a panel that speaks %s', (locale) => {
      test(
        "a username that is somebody else's is username_taken",
        onPanel(
          contract,
          async (bench) => {
            const wanted = bench.wanted();
            bench.simulator.addForeignAccount({ username: wanted.username, domain: 'somebody-else.example' });
            await expectRefusal(bench.create(wanted), 'username_taken');
            expect(bench.held(wanted).domain).toBe('somebody-else.example');
          },
          { locale },
        ),
      );

      test(
        "a domain that is somebody else's is domain_taken",
        onPanel(
          contract,
          async (bench) => {
            const wanted = bench.wanted();
            bench.simulator.addForeignAccount({ username: 'foreign', domain: wanted.domain });
            await expectRefusal(bench.create(wanted), 'domain_taken');
            expect(bench.simulator.accounts()).toHaveLength(1);
          },
          { locale },
        ),
      );

      test(
        'an account of both names older than the intent is not ours',
        onPanel(
          contract,
          async (bench) => {
            const wanted = bench.wanted({ intendedAt: new Date(Date.now() + 86_400_000) });
            const { username, domain } = wanted;
            bench.simulator.addForeignAccount({ username, domain });
            await expectRefusal(bench.create(wanted), ['username_taken', 'domain_taken', 'ownership_unclear']);
          },
          { locale },
        ),
      );

      test(
        'a package that is not there is package_missing',
        onPanel(
          contract,
          async (bench) => {
            const product = bench.productWithoutPackage();
            if (product === undefined) return;
            await expectRefusal(bench.create(bench.wanted(), { product }), 'package_missing');
            expect(bench.simulator.accounts()).toEqual([]);
          },
          { locale },
        ),
      );

      test(
        'a server whose licence is used up is server_full',
        onPanel(
          contract,
          async (bench) => {
            await bench.create(bench.wanted());
            await expectRefusal(bench.create(bench.wanted()), 'server_full');
            expect(bench.simulator.accounts()).toHaveLength(1);
          },
          { locale, maxAccounts: 1 },
        ),
      );
    });
  });
}
