import type { Command } from 'commander';
import { listServers } from '../provisioning/read-servers.ts';
import { testServer } from '../provisioning/test-connection.ts';
import { requireId } from './by-number.ts';
import { addPaging, type Paging, pageLine } from './paging.ts';
import { facts, print, table } from './print.ts';
import { withApp } from './with-app.ts';

export function addServerCommands(program: Command): void {
  const server = program.command('server').description('Control panels that accounts are made on');

  addPaging(server.command('list').description('Servers and how they do'))
    .option('--archived', 'those retired instead')
    .action(async ({ archived, ...paging }: Paging & { archived?: true }, command: Command) => {
      const page = await withApp((ctx) => listServers(ctx, { ...paging, archived: archived ? 'true' : 'false' }));
      const rows = page.items.map((found) => [
        found.id,
        found.name,
        found.moduleId,
        `${found.hostname}:${found.port}`,
        found.health,
        `${found.accounts}/${found.maxAccounts ?? 'no limit'}`,
      ]);
      const list = table(['id', 'name', 'module', 'address', 'health', 'accounts'], rows, 'There are no servers.');
      print(command, { json: page, text: list + pageLine(page) });
    });

  server
    .command('test')
    .description('Ask a panel who it is and what it allows; when all is well its breaker closes')
    .argument('<id>', 'of the server')
    .action(async (id: string, _options: object, command: Command) => {
      const serverId = requireId(id, 'server id');
      const report = await withApp((ctx) => testServer(ctx, { serverId }));
      const privileges = report.privileges.map(({ name, allowed, required, neededFor }) => [
        allowed ? 'yes' : required ? 'NO' : 'no',
        name,
        neededFor,
      ]);
      const text = [
        report.message,
        facts({
          'Host name': report.hostname,
          Packages: report.packages.join(', '),
          Nameservers: report.nameservers.join(', '),
          Certificate: report.fingerprint256,
        }),
        ...(privileges.length > 0 ? [table(['allowed', 'privilege', 'needed for'], privileges, '')] : []),
        ...report.warnings.map((warning) => `Warning: ${warning}`),
      ];
      print(command, { json: report, text: text.join('\n') });
      if (!report.ok) process.exitCode = 1;
    });
}
