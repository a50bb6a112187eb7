/** Whether a server's panel answers, what it allows us, and which certificate it shows. Nothing here is tried again. */
import {
  type ConnectionReport,
  type Fields,
  type ModuleDefinition,
  ModuleFailure,
  peerFingerprint,
  type ServerOf,
  secretNames,
} from '@hostwright/sdk';
import type { z } from 'zod';
import type { Context } from '../kit/context.ts';
import { sealFields } from '../kit/declared-fields.ts';
import { Invalid, NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { callModule, openServer, tlsPolicy } from './call-panel.ts';
import { noteAnswer } from './note-health.ts';
import { serverById } from './queries.ts';
import type { testUnsavedServer as unsaved } from './schemas.ts';
import { sealingContext, storedFields } from './server-columns.ts';

const TEST_SECONDS = 60;
const FINGERPRINT_SECONDS = 10;

/**
 * Test a server as it is stored. When everything needed is there, its breaker closes and what waits for it goes on.
 * @throws NotFound
 */
export async function testServer(ctx: Context, { serverId }: { serverId: string }) {
  allow(ctx.actor, 'servers:read');
  const row = await serverById(ctx.db, serverId);
  if (!row) throw new NotFound('server_not_found', { serverId });
  const module = ctx.app.modules.get(row.moduleId);
  if (!module) return failed(`Module "${row.moduleId}" is not loaded. See Modules for the reason, then rescan.`, null);
  const report = await test(ctx, module, openServer(ctx.app, row, module));
  if (report.ok) await noteAnswer(ctx, row);
  return report;
}

/**
 * Test values of a form. Blank or masked secrets are taken from the stored server, when it has the same module.
 * @throws Invalid naming what does not fit; NotFound when there is no such server
 */
export async function testUnsavedServer(
  ctx: Context,
  { serverId, moduleId, settings, ...address }: z.output<NonNullable<(typeof unsaved)['body']>>,
) {
  allow(ctx.actor, 'servers:write');
  const module = ctx.app.modules.get(moduleId);
  if (!module)
    throw new Invalid('bad_server', { issues: [{ path: 'moduleId', message: `no module "${moduleId}" is loaded` }] });
  const row = serverId === undefined ? undefined : await serverById(ctx.db, serverId);
  if (serverId !== undefined && !row) throw new NotFound('server_not_found', { serverId });
  const before = row?.moduleId === moduleId ? storedFields(row) : null;
  const context = sealingContext(row?.id ?? 'unsaved');
  const stored = sealFields(ctx.app.keyring, module.server, settings, { before, context, path: 'settings' });
  const opened = Object.fromEntries(
    secretNames(module.server).flatMap((name) => {
      const sealed = stored.sealedSecrets[name];
      return sealed === undefined ? [] : [[name, ctx.app.keyring.open(sealed, context)]];
    }),
  );
  const server = {
    ...stored.settings,
    ...opened,
    id: '',
    hostname: address.hostname,
    port: address.port,
    tls: tlsPolicy(address.tlsMode, address.tlsFingerprint),
    nameservers: [],
  } as unknown as ServerOf<Fields>; // parsed with the module's own declarations
  return test(ctx, module, { server, secrets: Object.values(opened) });
}

/** Never throws for a panel that says no: why, and what to do, is the report. */
async function test(ctx: Context, module: ModuleDefinition, target: { server: ServerOf<Fields>; secrets: string[] }) {
  const { server } = target;
  const fingerprint = peerFingerprint(
    server.hostname,
    server.port,
    AbortSignal.timeout(FINGERPRINT_SECONDS * 1000),
  ).catch(() => null);
  if (server.tls.mode === 'pin' && server.tls.fingerprint256 === '') {
    return failed(
      'No certificate is pinned yet. Compare the fingerprint below with the panel, then pin it.',
      await fingerprint,
    );
  }
  try {
    const signal = AbortSignal.timeout(TEST_SECONDS * 1000);
    const report = await callModule(ctx, { ...target, signal }, (call) => module.testConnection(call));
    return asReport(report, await fingerprint);
  } catch (error) {
    if (!(error instanceof ModuleFailure))
      ctx.app.log.warn({ err: error, moduleId: module.id }, 'a connection test broke');
    return failed(wordsFor(error), await fingerprint);
  }
}

function asReport(report: ConnectionReport, fingerprint256: string | null) {
  const missing = report.privileges.filter(({ allowed, required }) => required && !allowed).map(({ name }) => name);
  return {
    ok: report.ok,
    message: report.ok
      ? `Connected to ${report.version}.`
      : `Connected to ${report.version}, but it does not allow all that is needed${missing.length > 0 ? `: ${missing.join(', ')}` : ''}. Grant that on the panel and test again.`,
    version: report.version,
    hostname: report.hostname ?? null,
    privileges: report.privileges,
    packages: report.packages,
    nameservers: report.nameservers ?? [],
    warnings: report.warnings,
    fingerprint256,
  };
}

const failed = (message: string, fingerprint256: string | null) => ({
  ok: false,
  message,
  version: null,
  hostname: null,
  privileges: [],
  packages: [],
  nameservers: [],
  warnings: [],
  fingerprint256,
});

const ADVICE: Record<string, string> = {
  auth: 'Check user name and token.',
  unreachable: 'Check host name and port, that the panel runs, and that its firewall lets this machine in.',
  lost: 'The panel took the request and did not answer in time. Try again.',
  certificate: 'If the fingerprint below is that of your panel, pin it.',
  rate_limited: 'The panel blocked us for too many calls. Allow this machine in its firewall, wait, and try again.',
  protocol: 'Is this the port of the panel, and the right module?',
  permission: 'Give the user more privileges on the panel.',
};

function wordsFor(error: unknown): string {
  if (!(error instanceof ModuleFailure))
    return 'The module broke while it asked the panel; the log of this process has the error.';
  return [error.message, error.detail, ADVICE[error.code]].filter(Boolean).join(' ');
}
