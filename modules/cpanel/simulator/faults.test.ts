/** Failures on demand, the state that survives them, and the simulator as a process of its own. */
import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatorClient } from '@hostwright/sdk/testing/simulator-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type WhmSimulator } from '../simulator.ts';
import { call, post, send, uapi } from './raw-client.ts';

const acme = { username: 'acme', domain: 'acme.example', plan: 'starter', password: 'Correct-Horse-7-Battery' };

describe('faults', () => {
  let whm: WhmSimulator;
  beforeEach(async () => {
    whm = await startSimulator();
  });
  afterEach(() => whm.close());

  test.each([
    'reset_after',
    'cut',
    'error_after',
  ] as const)('%s: the account is made, the answer is lost', async (kind) => {
    whm.addFault({ on: 'create', kind, times: 1 });
    const answer = await post(whm, 'createacct', { 'api.version': '1', ...acme }).catch(() => undefined);
    expect([undefined, 500]).toContain(answer?.status);
    expect(whm.accounts()).toHaveLength(1);
    expect(whm.journal()).toMatchObject([{ call: 'createacct', done: true }]);
    expect(JSON.stringify(whm.journal())).not.toContain(acme.password);
  });

  test.each(['reset_before', 'html', 'error_before'] as const)('%s: nothing is made', async (kind) => {
    whm.addFault({ on: 'create', kind, times: 1 });
    const answer = await post(whm, 'createacct', { 'api.version': '1', ...acme }).catch(() => undefined);
    expect(answer?.status).toBe({ reset_before: undefined, html: 200, error_before: 500 }[kind]);
    expect(whm.accounts()).toEqual([]);
    expect(whm.journal()).toMatchObject([{ call: 'createacct', done: false }]);
    expect((await call(whm, 'createacct', acme)).metadata.result).toBe(1);
  });

  test('hang_after: the account is there while its creator still waits', async () => {
    whm.addFault({ on: 'create', kind: 'hang_after' });
    const waiting = post(whm, 'createacct', { 'api.version': '1', ...acme }).catch((error: Error) => error);
    await expect.poll(() => whm.accounts().length).toBe(1);
    whm.clearFaults();
    await whm.close();
    expect(await waiting).toBeInstanceOf(Error);
  });

  test('slow: the work goes on after its asker has left', async () => {
    whm.addFault({ on: 'create', kind: 'slow', delayMs: 150 });
    const body = new URLSearchParams({ 'api.version': '1', ...acme }).toString();
    const headers = { authorization: `whm root:${whm.credentials.token}` };
    const given = { method: 'POST', headers, body, signal: AbortSignal.timeout(60) };
    await expect(send(whm.port, '/json-api/createacct', given)).rejects.toThrow();
    expect(whm.accounts()).toEqual([]);
    await expect.poll(() => whm.accounts().length).toBe(1);
  });

  test('half_done: a group and a zone, but no account', async () => {
    whm.addFault({ on: 'create', kind: 'half_done', times: 1 });
    expect((await call(whm, 'createacct', acme)).metadata.reason).toContain('Error ID:');
    expect(whm.accounts()).toEqual([]);
    expect((await call(whm, 'createacct', acme)).metadata.reason).toContain('already has a group named “acme”');
    const renamed = await call(whm, 'createacct', { ...acme, username: 'acme2' });
    expect(renamed.metadata.reason).toContain('A DNS entry for “acme.example” already exists.');
  });

  test('half_done on a removal leaves the domain in the userdata', async () => {
    await call(whm, 'createacct', acme);
    whm.addFault({ on: 'terminate', kind: 'half_done', times: 1 });
    await call(whm, 'removeacct', { user: 'acme' });
    expect((await call(whm, 'createacct', acme)).metadata.reason).toContain('already exists in the userdata');
  });

  test('rate_block: the address is shut out until the delay is over', async () => {
    whm.addFault({ on: 'any', kind: 'rate_block', times: 1, delayMs: 150 });
    const blocked = await post(whm, 'version');
    expect(blocked.status).toBe(403);
    expect(blocked.text).toContain('temporarily blocked this IP address');
    expect((await post(whm, 'version')).status).toBe(403);
    await expect.poll(async () => (await post(whm, 'version')).status).toBe(200);
  });

  test('refuse and quota_full speak the panel’s words on every act', async () => {
    await call(whm, 'createacct', acme);
    const acts: [Parameters<WhmSimulator['addFault']>[0]['on'], string, Record<string, string>][] = [
      ['create', 'createacct', { ...acme, username: 'other', domain: 'other.example' }],
      ['find', 'accountsummary', { user: 'acme' }],
      ['suspend', 'suspendacct', { user: 'acme' }],
      ['unsuspend', 'unsuspendacct', { user: 'acme' }],
      ['terminate', 'removeacct', { user: 'acme' }],
      ['changePackage', 'changepackage', { user: 'acme', pkg: 'pro' }],
      ['changePassword', 'passwd', { user: 'acme', password: acme.password }],
      ['configureDns', 'mass_edit_dns_zone', { zone: 'acme.example', serial: '1' }],
      ['installCertificate', 'start_autossl_check_for_one_user', { username: 'acme' }],
    ];
    for (const [on, name, form] of acts) {
      for (const kind of ['refuse', 'quota_full'] as const) {
        whm.addFault({ on, kind, times: 1 });
        const { metadata } = await call(whm, name, form);
        expect(Number(metadata.result), `${kind} on ${on}`).toBe(0);
        expect(metadata.reason).not.toMatch(/[{}]/);
      }
    }
    expect(whm.accounts()).toMatchObject([{ username: 'acme', suspended: false, package: 'starter' }]);
    whm.addFault({ on: 'createMailbox', kind: 'quota_full', times: 1 });
    const inner = await uapi(whm, 'acme', 'Email::add_pop', { email: 'info', password: acme.password });
    expect(inner.errors?.[0]).toContain('maximum allotment');
  });

  test('probability follows the seed', async () => {
    const pattern = async () => {
      const simulator = await startSimulator({ seed: 7 });
      simulator.addFault({ on: 'any', kind: 'error_before', probability: 0.5 });
      const statuses: number[] = [];
      for (let n = 0; n < 12; n++) statuses.push((await post(simulator, 'version')).status);
      await simulator.close();
      return statuses;
    };
    const first = await pattern();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await pattern()).toEqual(first);
  });
});

describe('state', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whm-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('survives a restart: accounts, token, certificate, and what was removed stays removed', async () => {
    const stateFile = join(folder, 'state');
    const before = await startSimulator({ stateFile, seed: 5 });
    await call(before, 'createacct', acme);
    await call(before, 'createacct', { ...acme, username: 'gone', domain: 'gone.example' });
    await call(before, 'removeacct', { user: 'gone' });
    await call(before, 'suspendacct', { user: 'acme', reason: 'overdue' });
    await before.close();
    await appendFile(stateFile, '[["account","torn",{"us');

    const after = await startSimulator({ stateFile });
    expect(after.credentials).toEqual(before.credentials);
    expect(after.fingerprint256).toBe(before.fingerprint256);
    expect(after.accounts()).toMatchObject([{ username: 'acme', suspended: true, suspendReason: 'overdue' }]);
    const domains = (await call(after, 'listzones')).data?.zone;
    expect(domains).toEqual([{ domain: 'acme.example', zonefile: 'acme.example.db' }]);
    await after.close();
  });

  test('outlives a killed process, and is reached through its control routes', async () => {
    const stateFile = join(folder, 'state');
    const first = await startProcess(['--state-file', stateFile, '--package', 'starter']);
    const client = simulatorClient(first);
    await call(first, 'createacct', acme);
    await client.addForeignAccount({ username: 'other', domain: 'other.example' });
    await expect(client.addForeignAccount({ username: 'other', domain: 'x.example' })).rejects.toThrow(
      'exists already',
    );
    await client.addFault({ on: 'create', kind: 'refuse' });
    expect((await call(first, 'createacct', { ...acme, username: 'third' })).metadata.result).toBe(0);
    await client.clearFaults();
    const [entry] = await client.journal();
    expect(entry).toMatchObject({ call: 'createacct', done: true });
    expect(entry?.at).toBeInstanceOf(Date);
    await first.kill();

    const second = await startProcess(['--state-file', stateFile, '--locale', 'pl']);
    const usernames = (await simulatorClient(second).accounts()).map(({ username }) => username);
    expect(usernames).toEqual(['acme', 'other']);
    expect((await call(second, 'accountsummary', { user: 'nobody1' })).metadata.reason).toContain('Konto nie istnieje');
    await second.kill();
  });

  test('a wrong flag is named', async () => {
    await expect(startProcess(['--locale', 'de'])).rejects.toThrow('--locale is en or pl, not "de".');
  });
});

/** Resolves once it listens; rejects with its stderr when it ends before. */
async function startProcess(flags: string[]) {
  const script = new URL('../simulator.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...flags, '--with-parent'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let errors = '';
  child.stderr.on('data', (piece: Buffer) => {
    errors += piece.toString();
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (piece: Buffer) => resolve(piece.toString()));
    ended.then(() => reject(new Error(errors)));
  });
  const { hostname, port, credentials } = JSON.parse(line) as Pick<WhmSimulator, 'hostname' | 'port' | 'credentials'>;
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { hostname, port, credentials, kill };
}
