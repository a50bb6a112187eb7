import type { Context } from '../kit/context.ts';
import { type PageRequest, paginate } from '../kit/page.ts';
import { allow } from '../kit/permissions.ts';
import { asRun } from './present-run.ts';
import type { RunName } from './run-automation.ts';
import { runRows } from './run-queries.ts';

/** Runs, newest first. */
export async function listRuns(ctx: Context, filter: PageRequest & { name?: RunName | undefined }) {
  allow(ctx.actor, 'operations:read');
  let rows = runRows(ctx.db);
  if (filter.name !== undefined) rows = rows.where('name', '=', filter.name);
  const page = await paginate(rows, filter, {
    db: ctx.db,
    id: 'id',
    sortable: { createdAt: 'createdAt', day: 'day' },
    fallback: '-createdAt',
  });
  return { ...page, items: page.items.map((run) => asRun(ctx, run)) };
}
