import { once } from 'node:events';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caSignedCertificate, selfSignedCertificate } from '../testing/certificate.ts';
import { createPanelHttp, type PanelExchange, type PanelRequest, peerFingerprint, type TlsPolicy } from './http.ts';

const defaultAuthorities = tls.getCACertificates('default');
const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  tls.setDefaultCACertificates(defaultAuthorities);
  await Promise.all(closers.map((close) => close()));
});

/** A panel that echoes what it was sent, or does something worse by path. */
async function startPanel(certificate: { key: string; cert: string }) {
  const seen: string[] = [];
  const server = https.createServer(certificate, async (request, response) => {
    seen.push(request.url ?? '');
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url === '/hang') return;
    if (request.url === '/reset') return void request.socket.destroy();
    if (request.url === '/redirect') return void response.writeHead(302, { location: 'https://127.0.0.1:1/' }).end();
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => request.socket.destroy());
      return;
    }
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, port: (server.address() as AddressInfo).port };
}

const get = (path: string, extras: Partial<PanelRequest> = {}): PanelRequest => ({
  method: 'GET',
  path,
  writes: false,
  timeoutSeconds: 5,
  label: 'test',
  ...extras,
});

let selfMade: { seen: string[]; port: number; fingerprint256: string };
let signed: { seen: string[]; port: number };
beforeAll(async () => {
  const own = await selfSignedCertificate('srv1.host.example');
  selfMade = { ...(await startPanel(own)), fingerprint256: own.fingerprint256 };
  const trusted = await caSignedCertificate('srv2.host.example', ['127.0.0.1']);
  tls.setDefaultCACertificates([...defaultAuthorities, trusted.ca]);
  signed = await startPanel(trusted);
});

function httpTo(port: number, policy: TlsPolicy, exchanges: PanelExchange[] = []) {
  const record = (exchange: PanelExchange) => void exchanges.push(exchange);
  return createPanelHttp({ hostname: '127.0.0.1', port, tls: policy, secrets: ['TOKEN'], record });
}

describe('the TLS modes', () => {
  test('verify accepts a certificate that a trusted authority signed for this address', async () => {
    await expect(httpTo(signed.port, { mode: 'verify' })(get('/'))).resolves.toMatchObject({ status: 200 });
  });

  test('verify refuses a self-made certificate, and no request reaches the panel', async () => {
    const exchanges: PanelExchange[] = [];
    await expect(httpTo(selfMade.port, { mode: 'verify' }, exchanges)(get('/verify'))).rejects.toMatchObject({
      kind: 'refused',
      code: 'certificate',
    });
    expect(exchanges).toMatchObject([{ outcome: 'refused_certificate' }]);
    expect(selfMade.seen).not.toContain('/verify');
  });

  test('pin accepts the pinned certificate in any spelling of its fingerprint', async () => {
    const spelt = selfMade.fingerprint256.replaceAll(':', '').toLowerCase();
    for (const fingerprint256 of [selfMade.fingerprint256, spelt]) {
      await expect(httpTo(selfMade.port, { mode: 'pin', fingerprint256 })(get('/'))).resolves.toMatchObject({
        status: 200,
      });
    }
  });

  test('pin refuses every other certificate, even a trusted one, and no request reaches the panel', async () => {
    const { fingerprint256 } = selfMade;
    await expect(httpTo(signed.port, { mode: 'pin', fingerprint256 })(get('/pin'))).rejects.toMatchObject({
      kind: 'refused',
      code: 'certificate',
    });
    expect(signed.seen).not.toContain('/pin');
  });

  test('off accepts anything', async () => {
    await expect(httpTo(selfMade.port, { mode: 'off' })(get('/'))).resolves.toMatchObject({ status: 200 });
  });

  test('peerFingerprint tells what to pin', async () => {
    const signal = AbortSignal.timeout(5000);
    await expect(peerFingerprint('127.0.0.1', selfMade.port, signal)).resolves.toBe(selfMade.fingerprint256);
  });
});

describe('what is sent', () => {
  const http = () => httpTo(selfMade.port, { mode: 'off' });

  test('a form may repeat a name, and a query is encoded', async () => {
    const form: [string, string][] = [
      ['add', 'a&b'],
      ['add', 'c'],
    ];
    const answer = await http()(get('/form', { method: 'POST', form, query: { q: 'ü/&' }, writes: true }));
    expect(JSON.parse(answer.body)).toMatchObject({
      method: 'POST',
      url: '/form?q=%C3%BC%2F%26',
      body: 'add=a%26b&add=c',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  });

  test('a redirect is an answer and is not followed', async () => {
    await expect(http()(get('/redirect'))).resolves.toMatchObject({ status: 302 });
  });
});

describe('what failed', () => {
  const http = (exchanges?: PanelExchange[]) => httpTo(selfMade.port, { mode: 'off' }, exchanges);

  test.for(['/reset', '/cut'])('%s: a lost answer is unknown after a write and a retry after a read', async (path) => {
    await expect(http()(get(path))).rejects.toMatchObject({ kind: 'retry', code: 'unreachable' });
    await expect(http()(get(path, { writes: true }))).rejects.toMatchObject({ kind: 'unknown', code: 'lost' });
  });

  test('no answer in time is a lost answer', async () => {
    const hanging = get('/hang', { writes: true, timeoutSeconds: 0.3 });
    await expect(http()(hanging)).rejects.toMatchObject({ kind: 'unknown', detail: 'No answer within 0.3 s' });
  });

  test('a port where nobody listens was never reached, even by a write', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const attempt = httpTo(port, { mode: 'off' })(get('/', { writes: true }));
    await expect(attempt).rejects.toMatchObject({ kind: 'retry', code: 'unreachable' });
  });

  test('a panel that accepts and never shakes hands was never reached', async () => {
    const server = net.createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sockets: net.Socket[] = [];
    server.on('connection', (socket) => sockets.push(socket));
    closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const attempt = httpTo(port, { mode: 'off' })(get('/', { writes: true, timeoutSeconds: 0.3 }));
    await expect(attempt).rejects.toMatchObject({ kind: 'retry', detail: 'No answer within 0.3 s' });
  });

  test('an engine that gave up before the call sends nothing', async () => {
    const before = selfMade.seen.length;
    const gaveUp = createPanelHttp({
      hostname: '127.0.0.1',
      port: selfMade.port,
      tls: { mode: 'off' },
      secrets: [],
      signal: AbortSignal.abort(),
    });
    await expect(gaveUp(get('/', { writes: true }))).rejects.toMatchObject({ kind: 'retry' });
    expect(selfMade.seen).toHaveLength(before);
  });
});

test('a record names every secret of the request and of the answer', async () => {
  const exchanges: PanelExchange[] = [];
  await httpTo(
    selfMade.port,
    { mode: 'off' },
    exchanges,
  )(get('/link', { secrets: ['PASSWORD'], answerSecrets: (body) => [JSON.parse(body).url] }));
  expect(exchanges).toMatchObject([
    { label: 'test', outcome: 'answered', status: 200, secrets: ['TOKEN', 'PASSWORD', '/link'] },
  ]);
});
