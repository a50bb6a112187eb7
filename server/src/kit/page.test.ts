import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type OpenDatabase, openDb } from './db.ts';
import { type PageRequest, paginate } from './page.ts';

let database: TestDatabase;
let opened: OpenDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  opened = openDb(database.connection);
});
afterAll(async () => {
  await opened.close();
  await database.close();
});
beforeEach(async () => {
  await opened.pool.query('truncate product_group cascade');
});

/** `positions` in the order of making; moments are microseconds apart, finer than a Date can tell. */
async function groups(...positions: number[]): Promise<void> {
  for (const [index, position] of positions.entries()) {
    await opened.pool.query(
      `insert into product_group (id, slug, name, position, created_at, updated_at)
         values ($1, $2, $2, $3, timestamptz '2026-01-01' + $4 * interval '1 microsecond', '2026-01-01')`,
      [uuidv7(), `group-${index}`, position, index],
    );
  }
}

const page = (request: Partial<PageRequest>) =>
  paginate(
    opened.db.selectFrom('productGroup').select(['productGroup.id', 'productGroup.slug', 'productGroup.position']),
    { limit: 2, ...request },
    {
      db: opened.db,
      id: 'productGroup.id',
      sortable: {
        position: 'productGroup.position',
        slug: 'productGroup.slug',
        createdAt: 'productGroup.createdAt',
      },
      fallback: '-createdAt',
    },
  );

async function walk(request: Partial<PageRequest>): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page({ ...request, cursor });
    pages.push(items.map(({ slug }) => slug));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

test('pages follow each other without a gap, newest first when the request names no order', async () => {
  await groups(0, 0, 0, 0, 0);
  expect(await walk({})).toEqual([['group-4', 'group-3'], ['group-2', 'group-1'], ['group-0']]);
  expect((await page({})).total).toBe(5);
});

test('rows that sort alike are neither repeated nor lost', async () => {
  await groups(1, 1, 1, 0, 1);
  expect(await walk({ sort: 'position' })).toEqual([['group-3', 'group-0'], ['group-1', 'group-2'], ['group-4']]);
  expect((await walk({ sort: '-position' })).flat()).toHaveLength(5);
});

test('a row that comes in front does not shift the next page', async () => {
  await groups(0, 0, 0);
  const first = await page({ sort: 'slug' });
  await opened.pool.query("update product_group set slug = 'a-new-front' where slug = 'group-0'");
  const second = await page({ sort: 'slug', cursor: first.nextCursor ?? undefined });
  expect(second.items.map(({ slug }) => slug)).toEqual(['group-2']);
});

test('a last page that is full has no next one, and nothing gives an empty page', async () => {
  expect(await page({})).toEqual({ items: [], nextCursor: null, total: 0, more: false });
  await groups(0, 0);
  expect((await page({})).nextCursor).toBeNull();
});

test('only what was selected is in a row', async () => {
  await groups(7);
  expect((await page({})).items).toEqual([{ id: expect.any(String), slug: 'group-0', position: 7 }]);
});

test('an unknown order and a cursor that is not ours are refused', async () => {
  await expect(page({ sort: 'secret' })).rejects.toMatchObject({ code: 'unknown_sort', status: 422 });
  await expect(page({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'bad_cursor', status: 422 });
});
