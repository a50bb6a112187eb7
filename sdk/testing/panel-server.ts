/**
 * The HTTPS half of a simulator: reads requests, applies transport faults, keeps the journal and offers the control
 * routes under `/simulator`. What the panel says is up to the `PanelApp` it is given.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerCertificate } from './certificate.ts';
import type { FaultBox, PanelFault } from './faults.ts';
import { type PanelReply, send } from './panel-reply.ts';
import type { JournalEntry, SimulatedAccount } from './simulator.ts';
import { failAfter, failBefore } from './transport-faults.ts';

/** A request as it came, body read. */
export interface ArrivedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
  remoteAddress: string;
}

/** What a panel call is, before it is answered. */
export interface CallDescription {
  /** The panel's own function or route. */
  call: string;
  /** Names a fault may use to hit it, `any` not included. */
  targets: string[];
  /** Names only, no values. */
  parameters: string[];
}

export interface PanelApp {
  /** `undefined` for pages and the like: no journal, no faults. */
  describe(request: ArrivedRequest): CallDescription | undefined;
  /** @param fault one that is the panel's to play, such as `refuse`; transport faults never come here */
  answer(request: ArrivedRequest, fault: PanelFault | undefined): Promise<PanelReply>;
  /** What a browser would be shown instead of an answer. */
  htmlPage(): string;
  /** For `GET /simulator/accounts`. */
  accounts(): SimulatedAccount[];
  /** Further control routes, by `METHOD /simulator/name`; what each gives, awaited, is sent back as JSON. */
  control: Record<string, (body: unknown) => unknown>;
}

export interface PanelServer {
  port: number;
  journal(): JournalEntry[];
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_JOURNAL_ENTRIES = 200_000;

/** @param options.port 0 picks a free one. Listens on 127.0.0.1 only. */
export async function startPanelServer(options: {
  app: PanelApp;
  certificate: ServerCertificate;
  port: number;
  faults: FaultBox;
}): Promise<PanelServer> {
  const { app, faults } = options;
  const entries: JournalEntry[] = [];
  const closing = new AbortController();

  const server = https.createServer({ key: options.certificate.key, cert: options.certificate.cert });
  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // Nobody but the client may learn of a broken connection; a fault in the simulator itself must be seen.
      if (!closing.signal.aborted && !request.destroyed) console.error('simulator:', error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve());
  });

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    if (request.path.startsWith('/simulator/')) return sendControl(request, response);
    const description = app.describe(request);
    if (description === undefined) return send(response, await app.answer(request, undefined));

    const entry: JournalEntry = {
      at: new Date(),
      call: description.call,
      parameters: description.parameters,
      done: false,
    };
    if (entries.length < MAX_JOURNAL_ENTRIES) entries.push(entry);
    const { slowMs, fault } = faults.take(description.targets);
    if (fault !== undefined) entry.fault = fault.kind;
    if (slowMs > 0) await wait(slowMs);
    if (fault !== undefined && (await failBefore(fault, response, manner))) return;
    const reply = await app.answer(request, fault);
    entry.done = reply.done;
    if (fault === undefined || !(await failAfter(fault, reply, response, wait))) send(response, reply);
  }

  async function sendControl(request: ArrivedRequest, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.path}`;
    const json = (status: number, value: unknown) =>
      send(response, {
        status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(value),
        done: true,
      });
    try {
      const body: unknown = request.body === '' ? undefined : JSON.parse(request.body);
      const run = controls[route] ?? app.control[route];
      if (run === undefined)
        return json(404, { error: 'no such control', controls: Object.keys({ ...controls, ...app.control }) });
      json(200, (await run(body)) ?? { ok: true });
    } catch (error) {
      json(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  const controls: Record<string, (body: unknown) => unknown> = {
    'GET /simulator/faults': () => faults.list(),
    'POST /simulator/faults': (body) => {
      for (const fault of Array.isArray(body) ? body : [body]) faults.add(fault as PanelFault);
    },
    'DELETE /simulator/faults': () => faults.clear(),
    'GET /simulator/journal': () => entries,
    'DELETE /simulator/journal': () => {
      entries.length = 0;
    },
    'GET /simulator/accounts': () => app.accounts(),
  };

  /** Ends early when the simulator closes, so that a hanging answer never keeps a test alive. */
  const wait = (ms: number) => sleep(ms, undefined, { signal: closing.signal });
  const manner = { wait, htmlPage: () => app.htmlPage() };

  return {
    port: (server.address() as AddressInfo).port,
    journal: () => entries.map((entry) => ({ ...entry })),
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<ArrivedRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RangeError('The request is larger than 8 MiB');
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'https://simulator.invalid');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? '')])),
    body: Buffer.concat(chunks).toString('utf8'),
    remoteAddress: incoming.socket.remoteAddress ?? '',
  };
}
