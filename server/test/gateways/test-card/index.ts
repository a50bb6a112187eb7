import { defineGateway, secret, text, Unknown } from '@hostwright/sdk';
import { openBooks } from './books.ts';
import { judgeCard } from './cards.ts';

/**
 * A gateway that takes money at once, for tests of the shop. They drop it in through `GATEWAYS_DIR`, as anybody would
 * theirs. What it charged it keeps in files, as a bank would in its books, so that processes that die forget nothing.
 */
export default defineGateway({
  sdk: 1,
  id: 'test-card',
  name: 'Test card',
  description: 'A pretend card: 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined.',
  settings: {
    folder: text('Folder of the pretend bank', {
      help: 'One small file per charge. Every process of the shop must see the same folder.',
    }),
  },
  payment: {
    number: text('Card number', { placeholder: '4242 4242 4242 4242', max: 30 }),
    expiry: text('Valid until', {
      placeholder: 'MM/YY',
      pattern: { source: '(0[1-9]|1[0-2])/\\d{2}', message: 'must look like 12/34' },
    }),
    cvc: secret('Security code', { pattern: { source: '\\d{3,4}', message: 'must be 3 or 4 digits' } }),
  },

  async charge({ settings, payment, idempotencyKey }) {
    const books = await openBooks(settings.folder);
    const verdict = judgeCard(payment, new Date());
    const result = await books.enter(idempotencyKey, verdict.result);
    if (verdict.answerIsLost) throw new Unknown('The answer of the payment provider was lost.');
    return result;
  },

  async findCharge({ settings, idempotencyKey }) {
    const books = await openBooks(settings.folder);
    return (await books.find(idempotencyKey)) ?? 'absent';
  },
});
