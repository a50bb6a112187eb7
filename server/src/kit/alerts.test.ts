import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, openDoor } from '../../test/door.ts';
import { closeAlerts, raiseAlert } from './alerts.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const raise = (id: string, message: string) =>
  door.ctx.transaction((tx) =>
    raiseAlert(tx, { kind: 'server_unavailable', subject: { kind: 'server', id }, message, whatToDo: 'Look.' }),
  );

test('trouble that goes on is one alert with the latest words; trouble that comes back is a new one', async () => {
  const owner = await door.owner();
  const id = uuidv7();
  await Promise.all([raise(id, 'first'), raise(id, 'first')]);
  await raise(id, 'second');
  const { body: open } = await owner.get('/api/v1/alerts');
  expect(open.items).toMatchObject([{ message: 'second', subjectId: id, resolvedAt: null }]);

  await door.ctx.transaction((tx) => closeAlerts(tx, { kind: 'another_kind', subject: { kind: 'server', id } }));
  expect((await owner.get('/api/v1/alerts')).body.total).toBe(1);
  await door.ctx.transaction((tx) => closeAlerts(tx, { subject: { kind: 'server', id } }));
  expect((await owner.get('/api/v1/alerts')).body.total).toBe(0);

  await raise(id, 'third');
  const [alert] = (await owner.get('/api/v1/alerts')).body.items;
  for (const _ of [1, 2]) {
    expect((await owner.send('POST', `/api/v1/alerts/${alert.id}/resolve`)).body.resolvedAt).not.toBeNull();
  }
  const events = await door.app.db.selectFrom('event').select('id').where('type', '=', 'alert.raised').execute();
  expect(events).toHaveLength(2);
});
