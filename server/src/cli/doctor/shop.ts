import type { Context } from '../../kit/context.ts';
import { listServers } from '../../provisioning/read-servers.ts';
import { testServer } from '../../provisioning/test-connection.ts';
import type { QueueHealth } from '../queue-health.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const MOST_SERVERS = 200;
const LATE_SECONDS = 60;
const TOO_LATE_SECONDS = 900;

/** Each server's panel is asked; those that are retired are not. */
export async function examineServers(ctx: Context): Promise<Finding[]> {
  const { items, total } = await listServers(ctx, { archived: 'false', limit: MOST_SERVERS });
  if (total === 0) return [warn('Servers', 'There are none.', 'Add a server in the admin.')];
  const findings = await Promise.all(
    items.map(async (server) => {
      const subject = `Server ${server.name}`;
      const report = await testServer(ctx, { serverId: server.id });
      if (!report.ok)
        return fail(
          subject,
          report.message,
          `Open the server in the admin, or run \`hostwright server test ${server.id}\`.`,
        );
      if (server.tlsMode === 'off') {
        return warn(
          subject,
          `${report.message} Its certificate is not checked.`,
          'Pin the certificate on the server page.',
        );
      }
      return report.warnings.length > 0
        ? warn(subject, report.warnings.join(' '), 'See the setup page of the module.')
        : ok(subject, report.message);
    }),
  );
  return total > items.length
    ? [...findings, warn('Servers', `Only ${items.length} of ${total} were asked.`, 'Test the others one by one.')]
    : findings;
}

export function examineExtensions({ app }: Context): Finding[] {
  const folders = [
    ...app.modules.folders().map((found) => ({ ...found, kind: 'Module' })),
    ...app.gateways.folders().map((found) => ({ ...found, kind: 'Gateway' })),
  ];
  const broken = folders.filter(({ state }) => state === 'not_loaded');
  if (broken.length === 0) return [ok('Modules', `${folders.length} modules and gateways loaded`)];
  return broken.map(({ kind, path, reason }) =>
    warn(kind, `${path} is not loaded: ${reason}`, 'Correct it and rescan, or take the folder away.'),
  );
}

/** Whether work goes on. */
export function judgeQueue(health: QueueHealth): Finding[] {
  const { workers, oldestDueSeconds, openAlerts } = health;
  const late = oldestDueSeconds ?? 0;
  const needsStaff = health.operations.needs_staff ?? 0;
  return [
    workers > 0
      ? ok('Workers', `${workers} working`)
      : warn('Workers', 'No process works on this database.', 'Run `hostwright start` or `hostwright worker`.'),
    late < LATE_SECONDS
      ? ok('Queue', oldestDueSeconds === null ? 'nothing is due' : `the oldest operation is due for ${late} seconds`)
      : (late < TOO_LATE_SECONDS ? warn : fail)(
          'Queue',
          `An operation is due for ${late} seconds.`,
          'See `hostwright jobs`: start more workers, or raise the concurrency of a busy server.',
        ),
    needsStaff === 0
      ? ok('Needs staff', 'nothing')
      : warn(
          'Needs staff',
          `${needsStaff} operations wait for a person.`,
          'Run `hostwright operation list --state needs_staff`.',
        ),
    ...(openAlerts > 0 ? [warn('Alerts', `${openAlerts} are open.`, 'Read them under Alerts in the admin.')] : []),
  ];
}
