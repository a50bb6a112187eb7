/** What each operation does, step by step. The engine in `operations/` runs them. */
import { absent } from '@hostwright/sdk';
import type { Acts } from '../../kit/acts.ts';
import type { TransactionContext } from '../../kit/context.ts';
import { type EventType, record } from '../../kit/events.ts';
import { releasePlace } from '../../provisioning/reserve-place.ts';
import { tellUnserved } from '../cancellation.ts';
import { dueOn } from '../due-on.ts';
import { finishPackageChange, giveUpPackageChange } from '../end-package-change.ts';
import { lockService, productSettings, readSubject, type Subject } from '../subject.ts';
import { createAct } from './create.ts';
import { onAccount } from './on-account.ts';
import { readTargetProduct } from './target-product.ts';

export const acts: Acts = {
  create: createAct,

  suspend: onAccount({
    name: 'suspend',
    refused: 'needs_staff',
    title: 'Suspend the account',
    able: (module) => module.suspend !== undefined,
    change: async (module, call, work) => module.suspend?.({ ...call, reason: String(work.parameters.reason) }),
    stands: (account) => account !== absent && account.suspended,
    write: (tx, work, subject) =>
      move(tx, subject, 'service.suspended', {
        state: 'suspended',
        suspendCause: String(work.parameters.cause),
        suspendReason: String(work.parameters.reason),
        suspendedAt: subject.suspendedAt ?? tx.clock.now(),
      }),
  }),

  unsuspend: onAccount({
    name: 'unsuspend',
    refused: 'needs_staff',
    title: 'Bring the account back',
    able: (module) => module.unsuspend !== undefined,
    change: async (module, call) => module.unsuspend?.(call),
    stands: (account) => account !== absent && !account.suspended,
    write: (tx, _, subject) =>
      move(tx, subject, 'service.unsuspended', {
        state: 'active',
        suspendCause: null,
        suspendReason: null,
        suspendedAt: null,
      }),
  }),

  terminate: onAccount({
    name: 'terminate',
    refused: 'needs_staff',
    title: 'Remove the account',
    able: (module) => module.terminate !== undefined,
    change: async (module, call, _, subject) =>
      module.terminate?.({ ...call, product: productSettings(module, subject) }),
    stands: (account) => account === absent,
    async write(tx, _, subject) {
      await releasePlace(tx, subject.id);
      await move(tx, subject, 'service.terminated', {
        state: 'terminated',
        suspendCause: null,
        suspendReason: null,
        sealedPassword: null,
        terminatedAt: tx.clock.now(),
      });
    },
    giveUp: tellUnserved,
  }),

  changePackage: onAccount({
    name: 'changePackage',
    refused: 'needs_staff',
    title: 'Change the package',
    able: (module) => module.changePackage !== undefined,
    async change(module, call, work, subject) {
      const target = await readTargetProduct(work.ctx.db, subject, work.parameters);
      await module.changePackage?.({ ...call, product: productSettings(module, target) });
    },
    async write(tx, work, subject) {
      const target = await readTargetProduct(tx.db, subject, work.parameters);
      await move(tx, subject, 'service.package_changed', {
        productId: target.productId,
        recurringMinor: target.recurringMinor,
        optionValues: JSON.stringify(target.optionValues),
      });
      await finishPackageChange(tx, work.operationId);
    },
    giveUp: (tx, { id }) => giveUpPackageChange(tx, id),
  }),

  changePassword: onAccount({
    name: 'changePassword',
    refused: 'failed',
    title: 'Set the new password',
    able: (module) => module.changePassword !== undefined,
    change: async (module, call, work) => module.changePassword?.({ ...call, password: work.secrets.password ?? '' }),
    write: (tx, work, subject) =>
      move(tx, subject, 'service.password_changed', {
        sealedPassword: tx.app.keyring.seal(work.secrets.password ?? '', `service:${subject.id}`),
      }),
  }),

  renew: onAccount({
    name: 'renew',
    refused: 'needs_staff',
    title: 'Tell the panel that a period was paid',
    able: (module) => module.renew !== undefined,
    change: async (module, call, work, subject) =>
      module.renew?.({
        ...call,
        product: productSettings(module, subject),
        paidUntil: String(work.parameters.paidUntil),
      }),
    async write(tx, work, { id }) {
      await lockService(tx.db, id);
      const subject = await readSubject(tx.db, id);
      const paidUntil = String(work.parameters.paidUntil);
      // A later period may have been paid while the panel was being told of this one.
      const isLater = subject.nextDueOn === null || subject.nextDueOn < paidUntil;
      await move(tx, subject, 'service.renewed', isLater ? dueOn(subject, paidUntil) : {});
    },
  }),
};

type ServiceEvent = Extract<EventType, `service.${string}`>;

/** Write what the panel has confirmed, with its event. */
async function move(
  tx: TransactionContext,
  subject: Subject,
  event: ServiceEvent,
  values: Record<string, unknown>,
): Promise<void> {
  await tx.db
    .updateTable('service')
    .set({ ...values, updatedAt: tx.clock.now() })
    .where('id', '=', subject.id)
    .execute();
  const { sealedPassword: _, ...after } = values;
  await record(
    tx,
    event,
    { kind: 'service', id: subject.id },
    { serviceId: subject.id, customerId: subject.customerId },
    { before: { state: subject.state }, after: toText(after) },
  );
}

const toText = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]),
  );
