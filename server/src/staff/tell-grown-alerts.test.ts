import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Door, openDoor, type Person } from '../../test/door.ts';
import { closeAlerts, closeCause, raiseAlert } from '../kit/alerts.ts';
import { tellGrownAlerts } from './tell-grown-alerts.job.ts';

let door: Door;
let owner: Person;
beforeEach(async () => {
  door = await openDoor();
  owner = await door.owner();
});
afterEach(() => door.close());

const KIND = 'operation_needs_staff';

/** An operation that fails on the one server everything fails on. */
async function fail(message: string, { cause = 'server-1:auth', id = uuidv7() } = {}): Promise<string> {
  const subject = { kind: 'operation', id };
  await door.ctx.transaction((tx) => raiseAlert(tx, { kind: KIND, subject, cause, message, whatToDo: 'Mend it.' }));
  return id;
}

/** What was mailed since the last call, each mail as how many things it tells of. */
const told = () =>
  door.mails.splice(0).flatMap(({ template, data }) => (template === 'staff_alert' ? [data.count] : []));

const alerts = async () => (await owner.get('/api/v1/alerts')).body;
const later = (minutes: number) => {
  door.clock.advance({ minutes });
  return tellGrownAlerts(door.ctx);
};

test('hundreds that fail for one cause are one alert with a count, one mail, and one more an hour later', async () => {
  await Promise.all(Array.from({ length: 120 }, (_, number) => fail(`site-${number}.test`)));
  const page = await alerts();
  expect(page).toMatchObject({ total: 1, items: [{ kind: KIND, count: 120 }] });
  expect(told()).toEqual([1]);

  await later(59);
  expect(told()).toEqual([]);
  await fail('late.test');
  await later(1);
  await later(0);
  expect(told()).toEqual([121]);

  await later(60);
  expect(told()).toEqual([]); // nothing has joined it
  await fail('later.test');
  await later(1);
  expect(told()).toEqual([122]);

  const { body } = await owner.get(`/api/v1/alerts/${page.items[0].id}/subjects`);
  expect(body.items[0]).toMatchObject({ subjectKind: 'operation', message: 'later.test', resolvedAt: null });
  expect(body.items).toHaveLength(122);
});

test('another cause is another alert, told at once', async () => {
  await fail('a.test');
  await fail('b.test', { cause: 'server-2:auth' });
  expect(told()).toEqual([1, 1]);
  expect((await alerts()).total).toBe(2);
});

test('it is over with the last thing it concerns, says what is left until then, and is told again next time', async () => {
  const [first, second] = [await fail('a.test'), await fail('b.test')];
  const close = (id: string) => door.ctx.transaction((tx) => closeAlerts(tx, { subject: { kind: 'operation', id } }));
  await close(second);
  expect((await alerts()).items).toMatchObject([{ message: 'a.test', subjectId: first, count: 1 }]);
  await close(first);
  await close(first);
  expect((await alerts()).total).toBe(0);
  expect(told()).toEqual([1]);
  await fail('a.test', { id: first });
  expect(told()).toEqual([1]);
  expect((await alerts()).items).toMatchObject([{ message: 'a.test', count: 1 }]);
});

test('what was over and fails again within an alert that is still open is news', async () => {
  const first = await fail('a.test');
  await fail('b.test');
  await later(60);
  expect(told()).toEqual([1, 2]);
  await door.ctx.transaction((tx) => closeAlerts(tx, { subject: { kind: 'operation', id: first } }));
  await fail('a.test again', { id: first });
  await fail('a.test again', { id: first });
  await later(60);
  expect(told()).toEqual([2]);
});

test('staff close it with all it concerns, and a mended cause closes it by itself', async () => {
  await fail('a.test');
  await fail('b.test');
  const [alert] = (await alerts()).items;
  expect((await owner.send('POST', `/api/v1/alerts/${alert.id}/resolve`)).body).toMatchObject({ count: 2 });
  const mend = () => door.ctx.transaction((tx) => closeCause(tx, { kind: KIND, cause: 'server-1:auth' }));
  await mend();
  expect((await alerts()).total).toBe(0);
  told();
  await fail('c.test');
  expect(told()).toEqual([1]);
  await mend();
  expect((await alerts()).total).toBe(0);
  await later(120);
  expect(told()).toEqual([]);
});
