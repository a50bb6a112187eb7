import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, callersOf } from '../../test/callers.ts';
import { type TestContext, testContext } from '../../test/context.ts';
import { type MailCatcher, startMailCatcher } from './catcher.ts';
import { sendMailJob } from './send-mail.job.ts';
import { sendTestMail } from './send-test-mail.ts';

let shop: TestContext;
let mailbox: MailCatcher;
let admin: Caller;
const MINE = { subject: 'Ours: {{ number }}', html: '<p>Pay {{ owed }}</p>', text: 'Pay {{ owed }}' };

beforeAll(async () => {
  mailbox = await startMailCatcher();
  shop = await testContext({ config: { smtpUrl: `smtp://127.0.0.1:${mailbox.port}` } });
  await shop.app.jobs.start(shop.app, [sendMailJob]);
  admin = await callersOf(shop.app).staff('admin');
});
afterAll(async () => {
  await shop.close();
  await mailbox.close();
});

const stateOf = async (key: string) => {
  const { body } = await admin.get('/mail-templates');
  return body.items.find((template: { key: string }) => template.key === key)?.state;
};
const audited = async () => {
  const rows = await shop.app.db.selectFrom('audit').select(['action', 'before', 'after']).orderBy('id').execute();
  return rows.filter(({ action }) => action.startsWith('mail_template.'));
};

test('a template is changed, told with its names, and goes back to the default, each time audited', async () => {
  expect(await stateOf('invoice')).toBe('default');
  const fresh = (await admin.get('/mail-templates/invoice')).body;
  expect(fresh.source).toEqual(fresh.default);
  expect(fresh.names).toContainEqual(expect.objectContaining({ name: 'shop.name', example: 'Hostwright' }));

  const changed = await admin.send('PUT', '/mail-templates/invoice', MINE);
  expect(changed).toMatchObject({ status: 200, body: { state: 'changed', source: MINE, default: fresh.default } });
  expect(await stateOf('invoice')).toBe('changed');

  for (let time = 0; time < 2; time++) expect((await admin.send('DELETE', '/mail-templates/invoice')).status).toBe(204);
  expect((await admin.get('/mail-templates/invoice')).body).toMatchObject({ state: 'default', source: fresh.default });
  expect(await audited()).toEqual([
    {
      action: 'mail_template.changed',
      before: expect.objectContaining({ key: 'invoice', subject: expect.stringContaining('Invoice') }),
      after: { key: 'invoice', ...MINE },
    },
    {
      action: 'mail_template.restored',
      before: { key: 'invoice', ...MINE },
      after: expect.objectContaining({ key: 'invoice', subject: expect.stringContaining('Invoice') }),
    },
  ]);
});

test('a template with a mistake is not kept, and the answer says where it is', async () => {
  const wrong = { ...MINE, text: 'Pay\n{{ amountOwed }}' };
  const refused = await admin.send('PUT', '/mail-templates/invoice', wrong);
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'bad_mail_template',
      issues: [{ path: 'text', message: 'line 2, column 4: this mail has no “amountOwed”' }],
      details: { places: { text: { line: 2, column: 4 } } },
    },
  });
  expect(await stateOf('invoice')).toBe('default');
  expect((await admin.send('POST', '/mail-templates/invoice/preview', wrong)).status).toBe(422);
  expect((await admin.send('POST', '/mail-templates/invoice/send-test', wrong)).status).toBe(422);
});

test('a preview is filled in with samples and stores nothing', async () => {
  const { status, body } = await admin.send('POST', '/mail-templates/invoice/preview', MINE);
  expect(status).toBe(200);
  expect(body.subject).toBe('Ours: SAMPLE-1001');
  expect(body.html).toMatch(/<html[\s\S]*<p>Pay \$20\.00<\/p>/);
  expect(body.text).toContain('Pay $20.00');
  expect(await stateOf('invoice')).toBe('default');
});

test('a test goes to whoever asked for it, and says that it is one', async () => {
  const sent = await admin.send('POST', '/mail-templates/invoice/send-test', MINE);
  expect(sent).toMatchObject({ status: 202, body: { template: 'invoice', customerId: null } });
  const caught = await mailbox.waitFor(({ to }) => to.includes(sent.body.toAddress));
  expect(sent.body.toAddress).toMatch(/@staff\.test$/);
  expect(caught.subject).toBe('[Test] Ours: SAMPLE-1001');
  for (const body of [caught.html, caught.text]) expect(body).toContain('This is a test of the template “Invoice”');
});

test('a test needs somebody to send it to, and a mail server', async () => {
  await expect(sendTestMail(shop.ctx, 'invoice', MINE)).rejects.toMatchObject({ code: 'staff_only' });
  const silent = await testContext();
  const { body, status } = await (await callersOf(silent.app).staff('admin')).send(
    'POST',
    '/mail-templates/invoice/send-test',
    MINE,
  );
  expect([status, body.code]).toEqual([409, 'no_mail_server']);
  await silent.close();
});

test('a template that has stopped to fit is told as broken, and correcting it ends the alert', async () => {
  const updatedAt = shop.clock.now();
  await shop.app.db
    .insertInto('mailTemplate')
    .values({ key: 'staff_alert', ...MINE, updatedAt })
    .execute();
  expect((await admin.get('/mail-templates/staff_alert')).body).toMatchObject({
    state: 'broken',
    issues: [{ path: 'subject' }, { path: 'html' }, { path: 'text' }],
  });
  const openAlerts = () =>
    shop.app.db
      .selectFrom('alert')
      .select('kind')
      .where('kind', '=', 'mail_template_staff_alert')
      .where('resolvedAt', 'is', null)
      .execute();
  await shop.ctx.transaction((tx) =>
    tx.app.outbox.queue(tx, {
      template: 'staff_alert',
      to: 'olga@staff.test',
      data: { message: 'Look', whatToDo: 'at it', url: 'http://shop.test' },
      idempotencyKey: 'once',
    }),
  );
  expect(await openAlerts()).toHaveLength(1);
  const corrected = { subject: '{{ message }}', html: '<p>{{ message }}</p>', text: '{{ message }}' };
  expect((await admin.send('PUT', '/mail-templates/staff_alert', corrected)).body.state).toBe('changed');
  expect(await openAlerts()).toEqual([]);
});

test('there are no other templates, and only who may change settings changes them', async () => {
  expect(await admin.get('/mail-templates/nothing')).toMatchObject({
    status: 404,
    body: { code: 'mail_template_not_found' },
  });
  const support = await callersOf(shop.app).staff('support');
  expect((await support.get('/mail-templates')).status).toBe(403);
  expect((await support.send('PUT', '/mail-templates/invoice', MINE)).status).toBe(403);
});
