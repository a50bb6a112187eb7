/** `webhook`: what the provider says by itself is read when it is genuine, and refused otherwise. */
import { describe, expect, test } from 'vitest';
import { Refused } from '../../src/errors.ts';
import type { Bench, PageVisitor, ReceivedWebhook } from './bench.ts';
import { openPage } from './pages.ts';

export function telling(bench: Bench, page: PageVisitor, received: () => Promise<ReceivedWebhook[]>): void {
  describe('webhooks', () => {
    const read = (message: ReceivedWebhook, now = new Date()) =>
      bench.part('webhook')({ ...bench.asked(), ...message, now });
    const paidPage = async () => {
      const before = (await received()).length;
      const opened = await openPage(bench, page);
      await page.pay(opened.url);
      const messages = (await received()).slice(before);
      return { key: opened.known.idempotencyKey, messages };
    };

    test('a payment is told by the key of its charge, and every message has a key of its own', async () => {
      const { key, messages } = await paidPage();
      const notices = (await Promise.all(messages.map((message) => read(message)))).flat();
      expect(notices).toContainEqual({ id: expect.stringMatching(/./), about: 'charge', idempotencyKey: key });
      expect(new Set(notices.map(({ id }) => id)).size).toBe(notices.length);
      const [first] = messages;
      if (first) expect(await read(first)).toEqual(await read(first));
    });

    test('a message that was changed, or that nobody signed, is refused', async () => {
      const { messages } = await paidPage();
      const textOf = ({ rawBody }: ReceivedWebhook) => Buffer.from(rawBody).toString('utf8');
      const message = messages.find((candidate) => textOf(candidate).includes('1999'));
      if (!message) throw new Error('Nothing was sent that tells of 19.99.');
      const text = textOf(message);
      const changed = { ...message, rawBody: Buffer.from(text.replace('1999', '1998')) };
      const longer = { ...message, rawBody: Buffer.from(`${text} `) };
      await expect(read(changed)).rejects.toBeInstanceOf(Refused);
      await expect(read(longer)).rejects.toBeInstanceOf(Refused);
      await expect(read({ ...message, headers: {} })).rejects.toBeInstanceOf(Refused);
      await expect(read({ rawBody: Buffer.from('{}'), headers: message.headers })).rejects.toBeInstanceOf(Refused);
    });

    test('a message that somebody kept for a day is refused', async () => {
      const [message] = (await paidPage()).messages;
      if (!message) throw new Error('Nothing was sent.');
      await expect(read(message, new Date(Date.now() + 86_400_000))).rejects.toBeInstanceOf(Refused);
    });
  });
}
