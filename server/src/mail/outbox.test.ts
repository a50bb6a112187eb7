import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestContext, testContext } from '../../test/context.ts';
import type { NewMail } from '../kit/outbox.ts';
import { type MailCatcher, startMailCatcher } from './catcher.ts';
import { mailById } from './queries.ts';
import { resendMail } from './resend-mail.ts';
import { sendMailJob } from './send-mail.job.ts';
import { sweepMailsJob } from './sweep-mails.job.ts';

const resetMail = (to: string, key = `reset:${to}`): NewMail => ({
  template: 'reset_password',
  to,
  data: { name: 'Ada', url: 'http://shop.test/reset-password?token=verysecrettoken', hours: 2 },
  idempotencyKey: key,
});

describe('sending', () => {
  let shop: TestContext;
  let mailbox: MailCatcher;

  beforeAll(async () => {
    mailbox = await startMailCatcher();
    shop = await testContext({
      config: { smtpUrl: `smtp://127.0.0.1:${mailbox.port}`, mailFrom: 'Shop <shop@shop.test>' },
    });
    await shop.app.jobs.start(shop.app, [sendMailJob, sweepMailsJob]);
  });
  afterAll(async () => {
    await shop.close();
    await mailbox.close();
  });

  const queue = (mail: NewMail) => shop.ctx.transaction((tx) => shop.app.outbox.queue(tx, mail));
  const read = async (id: string) => {
    const mail = await mailById(shop.app.db, id);
    if (!mail) throw new Error('no such mail');
    return mail;
  };

  test('a mail goes out once per key, in HTML and text, and is noted as sent', async () => {
    const [first, second] = await Promise.all([
      queue(resetMail('ada@example.com')),
      queue(resetMail('ada@example.com')),
    ]);
    expect(second).toBe(first);
    const caught = await mailbox.waitFor(({ to }) => to.includes('ada@example.com'));
    await shop.app.jobs.drained();
    expect(mailbox.messages().filter(({ to }) => to.includes('ada@example.com'))).toHaveLength(1);
    expect(caught).toMatchObject({
      from: 'shop@shop.test',
      subject: 'Choose a new password',
      messageId: `<${first}@shop.test>`,
    });
    expect(caught.html).toContain('http://shop.test/reset-password?token=verysecrettoken');
    expect(caught.text).toContain('http://shop.test/reset-password?token=verysecrettoken');
    expect(await read(first)).toMatchObject({ state: 'sent', attempts: 1, error: null, sentAt: shop.clock.now() });
  });

  test('nothing goes out when the transaction of its cause is rolled back', async () => {
    const rolledBack = shop.ctx.transaction(async (tx) => {
      await shop.app.outbox.queue(tx, resetMail('ghost@example.com'));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await shop.app.jobs.drained();
    expect(mailbox.messages().some(({ to }) => to.includes('ghost@example.com'))).toBe(false);
  });

  test('a box that does not exist fails at once, and staff are told until it is sent elsewhere', async () => {
    const id = await queue(resetMail('no-such-box@example.com'));
    await shop.app.jobs.drained();
    expect(await read(id)).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: expect.stringContaining('No such box'),
    });
    const alert = () =>
      shop.app.db.selectFrom('alert').selectAll().where('subjectId', '=', id).executeTakeFirstOrThrow();
    const message = expect.stringContaining('no-such-box@example.com');
    expect(await alert()).toMatchObject({ kind: 'mail_failed', message, resolvedAt: null });

    await shop.app.db.updateTable('mail').set({ toAddress: 'box@example.com' }).where('id', '=', id).execute();
    await resendMail(shop.ctx, id);
    await shop.app.jobs.drained();
    expect(await read(id)).toMatchObject({ state: 'sent' });
    expect((await alert()).resolvedAt).not.toBeNull();
  });

  test('a mail about an alert that fails raises none', async () => {
    const id = await queue({
      template: 'staff_alert',
      to: 'no-such-box@example.com',
      data: { message: 'A', whatToDo: 'B', url: 'http://shop.test/admin/alerts' },
      idempotencyKey: 'alert:loop',
    });
    await shop.app.jobs.drained();
    expect(await read(id)).toMatchObject({ state: 'failed' });
    expect(await shop.app.db.selectFrom('alert').select('id').where('subjectId', '=', id).execute()).toEqual([]);
  });

  test('a box that is busy is tried again, and given up after ten times', async () => {
    const id = await queue(resetMail('busy-box@example.com'));
    await shop.app.jobs.drained();
    expect(await read(id)).toMatchObject({ state: 'queued', attempts: 1, error: expect.stringContaining('busy') });
    for (let tried = 1; tried < 12; tried++) {
      shop.clock.advance({ hours: 24 });
      await shop.app.jobs.followClock();
      await shop.app.jobs.drained();
    }
    expect(await read(id)).toMatchObject({ state: 'failed', attempts: 10, error: expect.stringContaining('busy') });
  });

  test('a mail server that is away is waited for', async () => {
    const { port } = mailbox;
    await mailbox.close();
    const id = await queue(resetMail('patient@example.com'));
    await shop.app.jobs.drained();
    expect(await read(id)).toMatchObject({
      state: 'queued',
      attempts: 1,
      error: expect.stringContaining('ECONNREFUSED'),
    });
    mailbox = await startMailCatcher({ port });
    shop.clock.advance({ minutes: 5 });
    await shop.app.jobs.followClock();
    await mailbox.waitFor(({ to }) => to.includes('patient@example.com'));
    await shop.app.jobs.drained();
    expect(await read(id)).toMatchObject({ state: 'sent', attempts: 2, error: null });
  });

  test('mails queued without a mail server go out once there is one', async () => {
    const { smtpUrl } = shop.app.config;
    shop.app.config.smtpUrl = undefined;
    const id = await queue(resetMail('early@example.com'));
    await shop.app.jobs.drained();
    expect(await read(id)).toMatchObject({ state: 'queued', attempts: 0 });
    shop.app.config.smtpUrl = smtpUrl;
    shop.clock.advance({ minutes: 5 });
    await shop.ctx.transaction((tx) => shop.app.jobs.enqueue(tx, sweepMailsJob, {}));
    await mailbox.waitFor(({ to }) => to.includes('early@example.com'));
    await shop.app.jobs.drained();
    expect(await read(id)).toMatchObject({ state: 'sent' });
  });
});
