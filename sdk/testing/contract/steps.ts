import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ACCOUNT_IP, type AccountRef, type DnsRecord } from '../../src/index.ts';
import type { FaultTarget } from '../simulator.ts';
import { type Bench, type Contract, expectRefusal, failureOf, onPanel, outcomeOf } from './bench.ts';
import { DONE_UNTOLD, HANG_MS, NOT_DONE_UNTOLD, REFUSED } from './fault-kinds.ts';

const MAILBOX = { localPart: 'info', password: 'Rb5-Jt9_Xf3.Mw6-Pz2k', quotaMb: 250 };
const DATABASE = { name: 'shop', password: 'Cs4-Ln8_Ug2.Dk7-Hv9j' };
const RECORDS: DnsRecord[] = [
  { name: 'app', type: 'A', value: ACCOUNT_IP, ttlSeconds: 3600 },
  { name: 'app', type: 'AAAA', value: '2001:db8::17', ttlSeconds: 3600 },
  { name: 'shop', type: 'CNAME', value: 'shops.example.net', ttlSeconds: 3600 },
  { name: '@', type: 'MX', value: 'mx1.example.net', priority: 10, ttlSeconds: 3600 },
  { name: '@', type: 'MX', value: 'mx2.example.net', priority: 20, ttlSeconds: 3600 },
  { name: '@', type: 'TXT', value: 'v=spf1 mx include:spf.example.net -all', ttlSeconds: 3600 },
  { name: '_dmarc', type: 'TXT', value: 'v=DMARC1; p=quarantine', ttlSeconds: 3600 },
  { name: 'mail._domainkey', type: 'TXT', value: `v=DKIM1; k=rsa; p=${'MIIBIjANBgkq'.repeat(30)}`, ttlSeconds: 3600 },
];

type Options = Parameters<Bench['call']>[0];

/** A step: how to ask for it, and the same answer whenever it is asked for again. */
interface Step {
  name: FaultTarget & keyof Contract['module'];
  run: (bench: Bench, account: AccountRef, options?: Options) => Promise<unknown> | undefined;
  /** The answer of a later run, once it is done. */
  settled: (answer: unknown) => void;
}

const STEPS: Step[] = [
  {
    name: 'configureDns',
    run: (bench, account, options) =>
      bench.module.configureDns?.({ ...bench.call(options), account, records: RECORDS }),
    settled: (answer) => expect(answer).toEqual({ changed: 0 }),
  },
  {
    name: 'createMailbox',
    run: (bench, account, options) =>
      bench.module.createMailbox?.({ ...bench.call(options), account, mailbox: MAILBOX }),
    settled: (answer) => expect(answer).toEqual({ address: expect.stringMatching(/^info@/) }),
  },
  {
    name: 'createDatabase',
    run: (bench, account, options) =>
      bench.module.createDatabase?.({ ...bench.call(options), account, database: DATABASE }),
    settled: (answer) =>
      expect(answer).toEqual({
        database: expect.stringContaining('shop'),
        user: expect.stringMatching(/./),
        host: expect.stringMatching(/./),
        port: expect.any(Number),
      }),
  },
  {
    name: 'installCertificate',
    run: (bench, account, options) => bench.module.installCertificate?.({ ...bench.call(options), account }),
    settled: (answer) => expect(answer).toMatchObject({ state: expect.stringMatching(/^(installed|pending)$/) }),
  },
];

export function stepTests(contract: Contract): void {
  const { module } = contract;

  describe.for(STEPS)('$name', (step) => {
    const lacking = module[step.name] === undefined;

    test.skipIf(lacking).for(['en', 'pl'] as const)('is done, and asking again changes nothing (%s)', (locale) =>
      onPanel(
        contract,
        async (bench) => {
          const account = await bench.standing();
          await step.run(bench, account);
          step.settled(await step.run(bench, account));
          step.settled(await step.run(bench, account));
        },
        { locale },
      )(),
    );

    test.skipIf(lacking)(
      'of an account that is not there is refused',
      onPanel(contract, async (bench) => {
        const missing = { reference: 'none', remoteId: 'hwnobody', username: 'hwnobody', domain: 'nobody.example' };
        await expectRefusal(Promise.resolve(step.run(bench, missing)), 'not_found');
      }),
    );

    test.skipIf(lacking).for(DONE_UNTOLD)('done under %s, it is unknown or proved, and the next try succeeds', (kind) =>
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        bench.simulator.addFault({ on: step.name, kind, times: 1, delayMs: HANG_MS });
        const failure = await outcomeOf(bench.patiently(async (options) => step.run(bench, account, options)));
        // A step may begin with reads, and a lost read proves that nothing was done.
        if (failure) expect(['unknown', 'retry'], `${failure.code}: ${failure.detail}`).toContain(failure.kind);
        await step.run(bench, account);
        step.settled(await step.run(bench, account));
      })(),
    );

    test.skipIf(lacking).for([...NOT_DONE_UNTOLD, ...REFUSED])('fails under %s, and the next try succeeds', (kind) =>
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        bench.simulator.addFault({ on: step.name, kind, times: 1 });
        const failure = await failureOf(Promise.resolve(step.run(bench, account)));
        if (REFUSED.includes(kind)) expect(failure.kind, `${failure.code}: ${failure.detail}`).not.toBe('unknown');
        await step.run(bench, account);
        step.settled(await step.run(bench, account));
      })(),
    );
  });

  describe('further steps', () => {
    test.skipIf(!module.configureDns)(
      'DNS: one changed record is one change, and others stay',
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        const configure = (records: DnsRecord[]) => module.configureDns?.({ ...bench.call(), account, records });
        expect((await configure(RECORDS))?.changed).toBeGreaterThanOrEqual(RECORDS.length - 1);
        await expect(
          configure([{ name: 'app', type: 'AAAA', value: '2001:db8::18', ttlSeconds: 3600 }]),
        ).resolves.toEqual({
          changed: 1,
        });
        await expect(configure(RECORDS.filter(({ type }) => type !== 'AAAA'))).resolves.toEqual({ changed: 0 });
      }),
    );

    test.skipIf(!module.installCertificate)(
      'a certificate that is pending is installed in the end',
      onPanel(
        contract,
        async (bench) => {
          const account = await bench.standing();
          const deadline = Date.now() + 10_000;
          let state = await module.installCertificate?.({ ...bench.call(), account });
          while (state?.state === 'pending' && Date.now() < deadline) {
            await sleep(200);
            state = await module.installCertificate?.({ ...bench.call(), account });
          }
          expect(state).toMatchObject({ state: 'installed' });
        },
        { autosslSeconds: 0.5 },
      ),
    );

    test.skipIf(!module.createMailbox)(
      'a mailbox beyond the quota is refused',
      onPanel(contract, async (bench) => {
        const account = await bench.standing();
        bench.simulator.addFault({ on: 'createMailbox', kind: 'quota_full' });
        await expectRefusal(
          Promise.resolve(module.createMailbox?.({ ...bench.call(), account, mailbox: MAILBOX })),
          'quota_full',
        );
      }),
    );
  });
}
