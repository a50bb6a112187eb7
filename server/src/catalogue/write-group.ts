import { uuidv7 } from 'uuidv7';
import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { refuseTakenSlug } from './save-product.ts';

interface GroupInput {
  slug: string;
  name: string;
  description: string;
  position: number;
  hidden: boolean;
}

/** Add a product group. @throws Invalid `slug_taken` */
export async function createGroup(ctx: Context, input: GroupInput): Promise<{ groupId: string }> {
  allow(ctx.actor, 'catalogue:write');
  return ctx.transaction(async (tx) => {
    const groupId = uuidv7();
    const now = tx.clock.now();
    await tx.db
      .insertInto('productGroup')
      .values({ ...input, id: groupId, createdAt: now, updatedAt: now })
      .execute()
      .catch(refuseTakenSlug);
    await audit(tx, 'product_group.created', { kind: 'product_group', id: groupId }, { after: { ...input } });
    return { groupId };
  });
}

/** Change a product group. @throws NotFound; Invalid `slug_taken` */
export async function writeGroup(ctx: Context, input: GroupInput & { groupId: string }): Promise<void> {
  allow(ctx.actor, 'catalogue:write');
  const { groupId, ...wanted } = input;
  await ctx.transaction(async (tx) => {
    const before = await tx.db
      .selectFrom('productGroup')
      .select(['slug', 'name', 'description', 'position', 'hidden'])
      .where('id', '=', groupId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!before) throw new NotFound('product_group_not_found');
    await tx.db
      .updateTable('productGroup')
      .set({ ...wanted, updatedAt: tx.clock.now() })
      .where('id', '=', groupId)
      .execute()
      .catch(refuseTakenSlug);
    await audit(tx, 'product_group.changed', { kind: 'product_group', id: groupId }, { before, after: { ...wanted } });
  });
}
