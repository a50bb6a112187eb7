/** Servers, their groups, modules and the panel log, for staff. */
import type { AddRoute } from '../kit/endpoint.ts';
import { archiveServer } from './archive-server.ts';
import { closeBreaker } from './close-breaker.ts';
import { createServer } from './create-server.ts';
import { listServerAccounts } from './list-accounts.ts';
import { listServerPackages } from './list-packages.ts';
import { listModules, rescanModules } from './modules.ts';
import { listPanelCalls, readPanelCall } from './read-panel-log.ts';
import { listServerGroups, listServers, readServer, readServerGroup } from './read-servers.ts';
import * as schemas from './schemas.ts';
import { testServer, testUnsavedServer } from './test-connection.ts';
import { writeServer } from './write-server.ts';
import { createServerGroup, writeServerGroup } from './write-server-group.ts';

export function provisioningRoutes(add: AddRoute): void {
  add(schemas.listServerGroups, (ctx) => listServerGroups(ctx));
  add(schemas.createServerGroup, async (ctx, { body }) =>
    readServerGroup(ctx, (await createServerGroup(ctx, body)).serverGroupId),
  );
  add(schemas.writeServerGroup, async (ctx, { params, body }) => {
    await writeServerGroup(ctx, { ...body, serverGroupId: params.id });
    return readServerGroup(ctx, params.id);
  });
  add(schemas.listServerPackages, (ctx, { params, query }) =>
    listServerPackages(ctx, { serverGroupId: params.id, ...query }),
  );

  add(schemas.listServers, (ctx, { query }) => listServers(ctx, query));
  add(schemas.readServer, (ctx, { params }) => readServer(ctx, params.id));
  add(schemas.createServer, async (ctx, { body }) => readServer(ctx, (await createServer(ctx, body)).serverId));
  add(schemas.writeServer, async (ctx, { params, body }) => {
    await writeServer(ctx, { ...body, serverId: params.id });
    return readServer(ctx, params.id);
  });
  add(schemas.archiveServer, async (ctx, { params }) => {
    await archiveServer(ctx, { serverId: params.id });
    return readServer(ctx, params.id);
  });
  add(schemas.closeBreaker, async (ctx, { params }) => {
    await closeBreaker(ctx, { serverId: params.id });
    return readServer(ctx, params.id);
  });
  add(schemas.testUnsavedServer, (ctx, { body }) => testUnsavedServer(ctx, body));
  add(schemas.testServer, (ctx, { params }) => testServer(ctx, { serverId: params.id }));
  add(schemas.listServerAccounts, (ctx, { params }) => listServerAccounts(ctx, { serverId: params.id }));

  add(schemas.listModules, (ctx) => listModules(ctx));
  add(schemas.rescanModules, (ctx) => rescanModules(ctx));

  add(schemas.listPanelCalls, (ctx, { query }) => listPanelCalls(ctx, query));
  add(schemas.readPanelCall, (ctx, { params }) => readPanelCall(ctx, params.id));
}
