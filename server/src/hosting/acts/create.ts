/** A paid order's service becomes a working account. Finished steps are remembered and never run again. */
import { type Account, absent, type ModuleDefinition, Refused } from '@hostwright/sdk';
import type { Act, Work } from '../../kit/acts.ts';
import { closeAlerts } from '../../kit/alerts.ts';
import type { TransactionContext } from '../../kit/context.ts';
import { Conflict } from '../../kit/errors.ts';
import { ACCOUNT_STEP as ACCOUNT } from '../../operations/choices.ts';
import { placementOf } from '../../provisioning/queries.ts';
import {
  leaveFullServer,
  type Place,
  releasePlace,
  renamePlace,
  reservePlace,
  type WantedPlace,
} from '../../provisioning/reserve-place.ts';
import { activateService } from '../activate-service.ts';
import { cancelService } from '../cancel-service.ts';
import { zoneRecords } from '../dns-records.ts';
import { queueLoginDetails, queueWelcome } from '../queue-welcome.ts';
import { accountRef, moduleOf, orderAnswers, productSettings, readSubject, type Subject } from '../subject.ts';
import type { CreateStep } from './create-steps.ts';

const PLACE = 'Reserve a place' satisfies CreateStep;
const MAILBOX = 'info';
const DATABASE = 'main';
/** How often names and servers are changed within one try before a person is asked. */
const PLACES_TRIED = 5;

interface Made {
  serverId: string;
  remoteId: string;
  username: string;
}

export const createAct: Act = {
  refused: 'needs_staff',

  async run(work) {
    const subject = await readSubject(work.ctx.db, work.serviceId);
    const module = moduleOf(work.ctx.app, subject.moduleId);
    await work.step(PLACE, async () => {
      const place = await takePlace(work, subject, module);
      return { server: place.serverName, username: place.username };
    });
    const made = await work.step(ACCOUNT, () => createAccount(work, subject, module));
    await furtherSteps(work, await readSubject(work.ctx.db, work.serviceId), module, made);
    await work.step('Activate' satisfies CreateStep, () => work.write((tx) => activateService(tx, work.serviceId)));
    await work.step('Send the welcome mail' satisfies CreateStep, () =>
      work.write((tx) => queueWelcome(tx, work.serviceId, work.secrets)),
    );
  },

  async markDone(work) {
    const subject = await readSubject(work.ctx.db, work.serviceId);
    const place = await placementOf(work.ctx.db, work.serviceId);
    const found = place && (await look(work, subject, place));
    if (!place || !found || found === absent)
      throw new Conflict('account_absent', { username: place?.username ?? null });
    await work.step(PLACE, async () => ({ server: place.serverName, username: place.username }));
    await work.step(ACCOUNT, () => takeOver(work, place, found));
    return 'go_on';
  },

  async beforeGiveUp(work) {
    const subject = await readSubject(work.ctx.db, work.serviceId);
    const place = await placementOf(work.ctx.db, work.serviceId);
    // Nothing was ever sent when there is no place or no account step: no need to ask a panel that may be down.
    if (!place || !(await wasTried(work))) return;
    const found = await look(work, subject, place);
    if (found !== absent && found.domain === subject.domain) {
      throw new Conflict('account_exists', { username: found.username, domain: found.domain });
    }
  },

  async giveUp(tx, { id, serviceId }) {
    await releasePlace(tx, serviceId);
    await cancelService(tx, serviceId);
    const { serverGroupId } = await readSubject(tx.db, serviceId);
    await closeCapacityAlert(tx, id, serverGroupId);
  },
};

/** The place in the store of intents, taken now or before; a name or domain staff chose on retry is used. */
function takePlace(work: Work, subject: Subject, module: ModuleDefinition): Promise<Place> {
  return work.write(async (tx) => {
    const domain = typeof work.parameters.domain === 'string' ? work.parameters.domain : subject.domain;
    if (domain !== subject.domain) {
      await tx.db
        .updateTable('service')
        .set({ domain, updatedAt: tx.clock.now() })
        .where('id', '=', subject.id)
        .execute();
      subject.domain = domain;
    }
    const chosen = typeof work.parameters.username === 'string' ? work.parameters.username : undefined;
    const wanted = wantedPlace(subject, module);
    const held = await placementOf(tx.db, subject.id);
    const place =
      chosen !== undefined && held?.username !== chosen
        ? await renamePlace(tx, { ...wanted, username: chosen })
        : await reservePlace(tx, wanted);
    await storeIntent(tx, work, subject, place);
    if (!held) await closeCapacityAlert(tx, work.operationId, subject.serverGroupId);
    return place;
  });
}

/** Told once a group is full; over when the last order that waited has found a place or waits no longer. */
async function closeCapacityAlert(tx: TransactionContext, operationId: string, serverGroupId: string): Promise<void> {
  const waiting = await tx.db
    .selectFrom('operation')
    .select('id')
    .where('state', '=', 'waiting')
    .where('waitReason', '=', 'no_capacity')
    .where('serverGroupId', '=', serverGroupId)
    .where('id', '<>', operationId)
    .limit(1)
    .executeTakeFirst();
  if (!waiting) await closeAlerts(tx, { kind: 'no_capacity', subject: { kind: 'server_group', id: serverGroupId } });
}

const wantedPlace = (subject: Subject, module: ModuleDefinition): WantedPlace => ({
  serviceId: subject.id,
  number: Number(subject.number),
  domain: subject.domain,
  serverGroupId: subject.serverGroupId,
  moduleId: subject.moduleId,
  usernames: module.usernames,
});

/** Before the panel is called: where, under which name, for whom, since when. */
async function storeIntent(tx: TransactionContext, work: Work, subject: Subject, place: Place): Promise<void> {
  const intent = {
    serverId: place.serverId,
    server: place.serverName,
    username: place.username,
    domain: subject.domain,
    reference: subject.id,
    intendedAt: place.createdAt,
  };
  await tx.db
    .updateTable('operation')
    .set({ intent: JSON.stringify(intent), serverId: place.serverId })
    .where('id', '=', work.operationId)
    .execute();
}

/** Make the account, changing name or server as long as the panel says that this is what stands in the way. */
async function createAccount(work: Work, subject: Subject, module: ModuleDefinition): Promise<Made> {
  for (let tried = 1; ; tried++) {
    const place = await takePlace(work, subject, module);
    try {
      // Unknown is never read as absent: before a second try the panel must say what it has.
      if (work.mustFindFirst || work.attempts > 0) await look(work, subject, place);
      return await takeOver(work, place, await make(work, subject, place));
    } catch (error) {
      if (!(error instanceof Refused) || tried === PLACES_TRIED) throw error;
      if (error.code === 'username_taken' || error.code === 'username_invalid') {
        await work.write((tx) => renamePlace(tx, wantedPlace(subject, module)));
      } else if (error.code === 'server_full') {
        await work.write((tx) => leaveFullServer(tx, subject.id));
      } else {
        throw error;
      }
    }
  }
}

const look = (work: Work, subject: Subject, place: Pick<Place, 'serverId' | 'username'>) =>
  work.panel({ serverId: place.serverId, name: 'find' }, (module, call) =>
    module.find({ ...call, account: { reference: subject.id, username: place.username, domain: subject.domain } }),
  );

function make(work: Work, subject: Subject, place: Place): Promise<Account> {
  const { password = '' } = work.secrets;
  return work.panel(
    { serverId: place.serverId, name: 'create', secrets: Object.values(work.secrets) },
    (module, call) =>
      module.create({
        ...call,
        product: productSettings(module, subject),
        order: orderAnswers(module, subject),
        wanted: {
          reference: subject.id,
          username: place.username,
          domain: subject.domain,
          password,
          owner: {
            email: subject.email,
            firstName: subject.firstName,
            lastName: subject.lastName,
            company: subject.company,
            locale: subject.locale,
          },
          intendedAt: place.createdAt,
        },
      }),
  );
}

/** What the panel has confirmed, written to the service. Its state stays pending until it is activated. */
function takeOver(work: Work, place: Pick<Place, 'serverId'>, account: Account): Promise<Made> {
  return work.write(async (tx) => {
    const { password } = work.secrets;
    await tx.db
      .updateTable('service')
      .set({
        serverId: place.serverId,
        username: account.username,
        remoteId: account.remoteId,
        remoteData: JSON.stringify({
          ...account.data,
          ...(account.nameservers ? { nameservers: account.nameservers } : {}),
        }),
        ipAddress: account.ip ?? null,
        ...(password ? { sealedPassword: tx.app.keyring.seal(password, `service:${work.serviceId}`) } : {}),
        updatedAt: tx.clock.now(),
      })
      .where('id', '=', work.serviceId)
      .execute();
    return { serverId: place.serverId, remoteId: account.remoteId, username: account.username };
  });
}

/** Steps that the module or the product lacks are skipped and say so; one that fails does not undo the account. */
async function furtherSteps(work: Work, subject: Subject, module: ModuleDefinition, made: Made): Promise<void> {
  const account = accountRef(subject);
  const { mailboxPassword = '', databasePassword = '' } = work.secrets;
  const secrets = Object.values(work.secrets);
  const target = (name: 'configureDns' | 'installCertificate' | 'createMailbox' | 'createDatabase') => ({
    serverId: made.serverId,
    name,
    secrets,
  });
  const further = async (name: CreateStep, wanted: boolean, able: boolean, run: () => Promise<string>) => {
    if (!wanted) await work.skip(name, 'Not part of this product.');
    else if (!able) await work.skip(name, `${module.name} cannot do this.`);
    else await work.optionalStep(name, run);
  };
  await further('DNS zone and records', subject.withDns, module.configureDns !== undefined, async () => {
    const answer = await work.panel(target('configureDns'), async (panel, call) =>
      panel.configureDns?.({ ...call, account, records: zoneRecords(subject.domain) }),
    );
    const changed = answer?.changed ?? 0;
    return changed === 1 ? '1 record written.' : `${changed} records written.`;
  });
  await further('Certificate', subject.withCertificate, module.installCertificate !== undefined, async () => {
    const answer = await work.panel(target('installCertificate'), async (panel, call) =>
      panel.installCertificate?.({ ...call, account }),
    );
    if (answer?.state === 'installed') return 'Installed.';
    return 'Asked for. The panel installs it by itself once the domain points to the server.';
  });
  await further('Mailbox', subject.withMailbox, module.createMailbox !== undefined, async () => {
    const mailbox = { localPart: MAILBOX, password: mailboxPassword, quotaMb: 0 };
    const answer = await work.panel(target('createMailbox'), async (panel, call) =>
      panel.createMailbox?.({ ...call, account, mailbox }),
    );
    await remember(work, 'Mailbox', { mailbox: answer?.address ?? null });
    return answer?.address ?? '';
  });
  await further('Database', subject.withDatabase, module.createDatabase !== undefined, async () => {
    const database = { name: DATABASE, password: databasePassword };
    const answer = await work.panel(target('createDatabase'), async (panel, call) =>
      panel.createDatabase?.({ ...call, account, database }),
    );
    await remember(work, 'Database', {
      database: answer?.database ?? null,
      databaseUser: answer?.user ?? null,
      databaseHost: answer?.host ?? null,
    });
    return answer?.database ?? '';
  });
}

/**
 * What a further step has made, kept with the service for the welcome mail and the service page. What was made too late
 * for the welcome mail is told in a mail of its own.
 */
function remember(work: Work, step: 'Mailbox' | 'Database', data: Record<string, string | null>): Promise<void> {
  return work.write(async (tx) => {
    const { remoteData } = await tx.db
      .selectFrom('service')
      .select('remoteData')
      .where('id', '=', work.serviceId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await tx.db
      .updateTable('service')
      .set({ remoteData: JSON.stringify({ ...(remoteData as object), ...data }) })
      .where('id', '=', work.serviceId)
      .execute();
    await queueLoginDetails(tx, {
      serviceId: work.serviceId,
      operationId: work.operationId,
      step,
      secrets: work.secrets,
    });
  });
}

async function wasTried(work: Work): Promise<boolean> {
  const step = await work.ctx.db
    .selectFrom('jobStep')
    .select('name')
    .where('runId', '=', work.operationId)
    .where('name', '=', ACCOUNT)
    .executeTakeFirst();
  return step !== undefined;
}
