/** Acts on an account that exists: change it on the panel, see for oneself that it is so, then write it down. */
import {
  type Account,
  type AccountRef,
  type absent,
  type Call,
  type Fields,
  type ModuleDefinition,
  type OperationName,
  Unknown,
} from '@hostwright/sdk';
import type { Act, Work } from '../../kit/acts.ts';
import type { TransactionContext } from '../../kit/context.ts';
import { Conflict } from '../../kit/errors.ts';
import { accountRef, moduleOf, readSubject, type Subject } from '../subject.ts';

export interface AccountAct {
  name: OperationName;
  refused: Act['refused'];
  /** The step's name, as customers and staff read it. */
  title: string;
  /** Whether the module can; a module that cannot makes the step a skipped one. */
  able(module: ModuleDefinition): boolean;
  /** The change on the panel. Safe to run again. */
  change(
    module: ModuleDefinition,
    call: Call<Fields> & { account: AccountRef },
    work: Work,
    subject: Subject,
  ): Promise<void>;
  /** Whether the panel shows it. Not given when the panel cannot show it, as with passwords. */
  stands?(account: Account | typeof absent, work: Work, subject: Subject): boolean;
  /** What the panel has confirmed, written to the service. Safe to run again. */
  write(tx: TransactionContext, work: Work, subject: Subject): Promise<void>;
  /** What giving up means for money, and for what was asked. The service itself stays as it is: its state is what the panel last confirmed. */
  giveUp?: Act['giveUp'];
}

export function onAccount(act: AccountAct): Act {
  return {
    refused: act.refused,

    async run(work) {
      const subject = await readSubject(work.ctx.db, work.serviceId);
      const module = moduleOf(work.ctx.app, subject.moduleId);
      if (!act.able(module)) await work.skip(act.title, `${module.name} has nothing to do for this.`);
      else {
        await work.step(act.title, () =>
          ask(work, subject, (panel, call) =>
            act.change(panel, { ...call, account: accountRef(subject) }, work, subject),
          ),
        );
        if (act.stands) await work.step('See that it is so', () => check(act, work, subject));
      }
      await work.step('Write it down', () => work.write((tx) => act.write(tx, work, subject)));
    },

    async markDone(work) {
      const subject = await readSubject(work.ctx.db, work.serviceId);
      const module = moduleOf(work.ctx.app, subject.moduleId);
      if (act.stands && act.able(module) && !act.stands(await find(work, subject), work, subject)) {
        throw new Conflict('panel_shows_otherwise', { serviceId: subject.id, action: act.name });
      }
      await work.write((tx) => act.write(tx, work, subject));
      return 'done';
    },

    giveUp: async (tx, operation) => act.giveUp?.(tx, operation),
  };
}

const ask = <T>(work: Work, subject: Subject, use: (module: ModuleDefinition, call: Call<Fields>) => Promise<T>) =>
  work.panel({ serverId: serverOf(subject), name: work.action, secrets: Object.values(work.secrets) }, use);

const find = (work: Work, subject: Subject) =>
  work.panel({ serverId: serverOf(subject), name: 'find' }, (module, call) =>
    module.find({ ...call, account: accountRef(subject) }),
  );

async function check(act: AccountAct, work: Work, subject: Subject): Promise<void> {
  if (act.stands?.(await find(work, subject), work, subject)) return;
  throw new Unknown('The control panel does not show the change yet.', {
    code: 'not_confirmed',
    detail: `The panel accepted "${act.name}", but the account does not show it.`,
  });
}

function serverOf(subject: Subject): string {
  if (subject.serverId === null) throw new Conflict('service_has_no_server', { serviceId: subject.id });
  return subject.serverId;
}
