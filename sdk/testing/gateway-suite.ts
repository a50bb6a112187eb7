/** What every payment gateway must hold, as tests. Call it in the gateway's own test file. */
import { describe, expect, test } from 'vitest';
import type { Fields } from '../src/fields.ts';
import { benchFor, type GatewaySuite, newInvoice } from './gateway/bench.ts';
import { charging } from './gateway/charging.ts';
import { pages } from './gateway/pages.ts';
import { refunding } from './gateway/refunding.ts';
import { saving } from './gateway/saving.ts';
import { telling } from './gateway/telling.ts';

export function gatewaySuite<S extends Fields, P extends Fields>(suite: GatewaySuite<S, P>): void {
  const bench = benchFor(suite);
  const { gateway } = bench;
  describe(`gateway ${gateway.id}`, () => {
    test('it can take money or tells how to send it', () => {
      expect(Boolean(gateway.charge ?? gateway.start ?? gateway.instructions)).toBe(true);
    });

    test.skipIf(!gateway.instructions)('instructions name the invoice', () => {
      const { settings } = bench;
      expect(gateway.instructions?.({ settings, invoice: newInvoice() })).toContain(suite.instructionsInclude);
    });

    if (gateway.charge) charging(bench, suite);
    if (gateway.start) pages(bench, suite.page);
    if (gateway.save) saving(bench, suite.cards);
    if (gateway.refund) refunding(bench, suite);
    if (gateway.webhook) {
      if (!suite.page || !suite.received) throw new Error(`Tell gatewaySuite what ${gateway.id} sends to the shop.`);
      telling(bench, suite.page, suite.received);
    }

    test.skipIf(!gateway.testSettings)(
      'settings are tried out: good ones are good, and bad ones come with what to do',
      async () => {
        const trial = bench.part('testSettings');
        const webhookUrl = 'http://shop.invalid/webhook';
        const good = await trial({ ...bench.asked(), webhookUrl });
        expect(good.facts.join(' ')).toMatch(/./);
        if (!bench.badSettings) throw new Error(`Tell gatewaySuite settings ${gateway.id} does not accept.`);
        const bad = await trial({ ...bench.asked(), settings: bench.badSettings, webhookUrl });
        expect(bad).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.stringMatching(/./)]) });
      },
    );
  });
}
