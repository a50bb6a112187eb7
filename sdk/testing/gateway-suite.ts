/** What every payment gateway must hold, as tests. Call it in the gateway's own test file. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Unknown } from '../src/errors.ts';
import { type Fields, fieldsSchema, type Values } from '../src/fields.ts';
import type { GatewayDefinition } from '../src/gateway.ts';

interface GatewaySuite<S extends Fields, P extends Fields> {
  gateway: GatewayDefinition<S, P>;
  /** Good settings, as the form would give them. */
  settings: Partial<Values<S>>;
  /** What the customer fills in for each outcome; needed when the gateway can charge. */
  pays?: Values<P>;
  declines?: Values<P>;
  /** Takes the money and then fails as `Unknown`. */
  losesTheAnswer?: Values<P>;
  /** A text the instructions for invoice INV-000042 contain; needed when the gateway gives some. */
  instructionsInclude?: string;
}

export function gatewaySuite<S extends Fields, P extends Fields>(suite: GatewaySuite<S, P>): void {
  const { gateway } = suite;
  const settings = fieldsSchema(gateway.settings).parse(suite.settings) as Values<S>;
  const { charge, findCharge } = gateway;

  describe(`gateway ${gateway.id}`, () => {
    test('it can charge or tells how to pay, and can be asked after what it charges', () => {
      expect(charge !== undefined || gateway.instructions !== undefined).toBe(true);
      expect(findCharge !== undefined).toBe(charge !== undefined);
    });

    test.skipIf(!gateway.instructions)('instructions name the invoice', () => {
      expect(gateway.instructions?.({ settings, invoice })).toContain(suite.instructionsInclude);
    });

    describe.skipIf(!charge || !findCharge)('charging', () => {
      const take = async (values: Values<P> | undefined, idempotencyKey: string) => {
        if (!values || !charge) throw new Error(`Tell gatewaySuite what the customer of ${gateway.id} fills in.`);
        const payment = fieldsSchema(gateway.payment ?? {}).parse(values) as Values<P>;
        return charge({ settings, invoice, payment, idempotencyKey, signal: AbortSignal.timeout(10_000) });
      };
      const find = (idempotencyKey: string) =>
        findCharge?.({ settings, idempotencyKey, signal: AbortSignal.timeout(10_000) });

      test('a charge nobody asked for is absent', async () => {
        expect(await find(randomUUID())).toBe('absent');
      });

      test('the same key takes the money once and answers the same', async () => {
        const key = randomUUID();
        const first = await take(suite.pays, key);
        expect(first).toEqual({ outcome: 'paid', reference: expect.stringMatching(/./), feeMinor: expect.any(BigInt) });
        expect(await take(suite.pays, key)).toEqual(first);
        expect(await find(key)).toEqual(first);
      });

      test('the same key at the same moment takes the money once', async () => {
        const key = randomUUID();
        const results = await Promise.all(Array.from({ length: 10 }, () => take(suite.pays, key)));
        expect(new Set(results.map((result) => JSON.stringify(result, (_, v) => String(v)))).size).toBe(1);
      });

      test('another key is other money', async () => {
        expect(await take(suite.pays, randomUUID())).not.toEqual(await take(suite.pays, randomUUID()));
      });

      test('a declined charge says why and stays declined', async () => {
        const key = randomUUID();
        const declined = await take(suite.declines, key);
        expect(declined).toEqual({ outcome: 'declined', message: expect.stringMatching(/./) });
        expect(await find(key)).toEqual(declined);
      });

      test.skipIf(!suite.losesTheAnswer)('a charge whose answer was lost is found', async () => {
        const key = randomUUID();
        await expect(take(suite.losesTheAnswer, key)).rejects.toBeInstanceOf(Unknown);
        expect(await find(key)).toMatchObject({ outcome: 'paid' });
      });
    });
  });
}

const invoice = {
  id: '01920000-0000-7000-8000-000000000042',
  number: 'INV-000042',
  amountMinor: 1999n,
  currency: 'EUR',
  customer: { id: '01920000-0000-7000-8000-000000000001', email: 'ada@example.com', name: 'Ada Lovelace' },
};
