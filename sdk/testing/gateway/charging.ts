/** `charge` and `findCharge`: money taken at once, once, and found again. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Unknown } from '../../src/errors.ts';
import { type Bench, newInvoice } from './bench.ts';

interface Charging {
  pays?: object;
  declines?: object;
  losesTheAnswer?: object;
}

export function charging(bench: Bench, given: Charging): void {
  describe('charging', () => {
    const invoice = newInvoice();
    const take = (values: object | undefined, idempotencyKey: string) =>
      bench.part('charge')({ ...bench.asked(), invoice, payment: bench.payment(values), idempotencyKey });
    const find = (idempotencyKey: string) =>
      bench.part('findCharge')({ ...bench.asked(), ...bench.toFind({ idempotencyKey }) });

    test('a charge nobody asked for is absent', async () => {
      expect(await find(randomUUID())).toBe('absent');
    });

    test('the same key takes the money once and answers the same', async () => {
      const key = randomUUID();
      const first = await take(given.pays, key);
      expect(first).toMatchObject({
        outcome: 'paid',
        reference: expect.stringMatching(/./),
        feeMinor: expect.any(BigInt),
      });
      expect(await take(given.pays, key)).toEqual(first);
      expect(await find(key)).toEqual(first);
    });

    test('the same key at the same moment takes the money once', async () => {
      const key = randomUUID();
      const results = await Promise.all(Array.from({ length: 10 }, () => take(given.pays, key)));
      expect(new Set(results.map((result) => JSON.stringify(result, (_, v) => String(v)))).size).toBe(1);
    });

    test('another key is other money', async () => {
      expect(await take(given.pays, randomUUID())).not.toEqual(await take(given.pays, randomUUID()));
    });

    test('a declined charge says why and stays declined', async () => {
      const key = randomUUID();
      const declined = await take(given.declines, key);
      expect(declined).toEqual({ outcome: 'declined', message: expect.stringMatching(/./) });
      expect(await find(key)).toEqual(declined);
    });

    test.skipIf(!given.losesTheAnswer)('a charge whose answer was lost is found', async () => {
      const key = randomUUID();
      await expect(take(given.losesTheAnswer, key)).rejects.toBeInstanceOf(Unknown);
      expect(await find(key)).toMatchObject({ outcome: 'paid' });
    });
  });
}
