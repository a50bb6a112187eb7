/**
 * HTTP to a panel: one TLS policy per server, no redirects, a fresh connection per call, and failures told apart by
 * whether the request can have reached the panel.
 */
import https from 'node:https';
import tls from 'node:tls';
import { Refused, Retry, Unknown } from './errors.ts';

/** How the panel's certificate is checked. `off` is shown as a warning wherever the server is listed. */
export type TlsPolicy = { mode: 'verify' } | { mode: 'pin'; fingerprint256: string } | { mode: 'off' };

export interface PanelRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash; query parameters go into `query`. */
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Sent as application/x-www-form-urlencoded; pairs, so that a name may repeat. */
  form?: Record<string, string> | [string, string][];
  /** Sent as application/json. */
  json?: unknown;
  /** Whether the call changes something: then a lost answer is `Unknown`, not `Retry`. */
  writes: boolean;
  timeoutSeconds: number;
  /** Shown in the panel log, for example `createacct`. */
  label: string;
  /** Further values to strike out of the log, for example a new password. */
  secrets?: string[];
  /** Values of the answer to strike out of the log, for example a one-time link. Must not throw. */
  answerSecrets?: (body: string) => string[];
}

export interface PanelAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type PanelHttp = (request: PanelRequest) => Promise<PanelAnswer>;

/** One line of the panel log, before secrets are struck out. */
export interface PanelExchange {
  label: string;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: string;
  /** Missing when no answer came. */
  status?: number;
  responseBody?: string;
  outcome: 'answered' | 'unreachable' | 'lost' | 'refused_certificate';
  error?: string;
  startedAt: Date;
  durationMs: number;
  /** Values that must not be stored. */
  secrets: string[];
}

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * @param options.record called once per request, answered or not, before the promise settles
 * @param options.secrets values struck out of every record, for example the server's token
 */
export function createPanelHttp(options: {
  hostname: string;
  port: number;
  tls: TlsPolicy;
  secrets: string[];
  signal?: AbortSignal;
  record?: (exchange: PanelExchange) => void | Promise<void>;
}): PanelHttp {
  return async (request) => {
    const url = new URL(request.path, `https://${hostForUrl(options.hostname)}:${options.port}`);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.append(name, value);
    const { body, contentType } = encodeBody(request);
    const headers: Record<string, string> = { accept: 'application/json', ...request.headers };
    if (body !== '') {
      headers['content-type'] ??= contentType;
      headers['content-length'] = String(Buffer.byteLength(body));
    }
    const startedAt = new Date();
    const exchange: PanelExchange = {
      label: request.label,
      method: request.method,
      url: url.href,
      requestHeaders: headers,
      requestBody: body,
      outcome: 'answered',
      startedAt,
      durationMs: 0,
      secrets: [...options.secrets, ...(request.secrets ?? [])],
    };
    const progress = { sent: false };
    const timeout = AbortSignal.timeout(request.timeoutSeconds * 1000);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    try {
      const answer = await send(url, request.method, headers, body, options.tls, signal, progress);
      exchange.status = answer.status;
      exchange.responseBody = answer.body;
      exchange.secrets.push(...(request.answerSecrets?.(answer.body) ?? []));
      return answer;
    } catch (error) {
      const message = timeout.aborted
        ? `No answer within ${request.timeoutSeconds} s`
        : error instanceof Error
          ? error.message
          : String(error);
      exchange.error = message;
      if (error instanceof CertificateRefused) {
        exchange.outcome = 'refused_certificate';
        throw new Refused('The panel could not be reached safely.', {
          code: 'certificate',
          detail: message,
          cause: error,
        });
      }
      exchange.outcome = progress.sent ? 'lost' : 'unreachable';
      if (progress.sent && request.writes) {
        throw new Unknown('The panel did not answer in time.', { code: 'lost', detail: message, cause: error });
      }
      throw new Retry('The panel could not be reached.', { code: 'unreachable', detail: message, cause: error });
    } finally {
      exchange.durationMs = Date.now() - startedAt.getTime();
      await options.record?.(exchange);
    }
  };
}

/** The certificate did not pass the server's TLS mode; nothing was sent. */
class CertificateRefused extends Error {}

function send(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body: string,
  policy: TlsPolicy,
  signal: AbortSignal,
  progress: { sent: boolean },
): Promise<PanelAnswer> {
  return new Promise((resolve, reject) => {
    connectTls(url, policy, signal).then((socket) => {
      const request = https.request(
        url,
        // The policy was applied in connectTls, before a byte of the request; a second check would contradict `pin`.
        { method, headers, signal, agent: false, createConnection: () => socket, rejectUnauthorized: false },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > MAX_ANSWER_BYTES) response.destroy(new Error('The answer is larger than 32 MiB'));
            else chunks.push(chunk);
          });
          response.on('error', reject);
          response.on('aborted', () => reject(new Error('The connection broke in the middle of the answer')));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: Object.fromEntries(
                Object.entries(response.headers).map(([name, value]) => [
                  name,
                  Array.isArray(value) ? value.join(', ') : (value ?? ''),
                ]),
              ),
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      // A socket of our own making is ours to end: whatever the panel says about keeping it, nobody will use it again.
      request.on('close', () => socket.destroy());
      request.on('error', reject);
      progress.sent = true;
      request.end(body);
    }, reject);
  });
}

function connectTls(url: URL, policy: TlsPolicy, signal: AbortSignal): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const socket = tls.connect({
      host: hostname,
      port: Number(url.port || 443),
      ...(isIpAddress(hostname) ? {} : { servername: hostname }),
      rejectUnauthorized: policy.mode === 'verify',
    });
    const abort = () => socket.destroy(signal.reason instanceof Error ? signal.reason : new Error('Aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const settle = () => signal.removeEventListener('abort', abort);
    socket.once('secureConnect', () => {
      settle();
      const presented = socket.getPeerCertificate().fingerprint256;
      if (policy.mode === 'pin' && normalise(presented) !== normalise(policy.fingerprint256)) {
        socket.destroy();
        reject(
          new CertificateRefused(
            `The panel's certificate has fingerprint ${presented}, not the pinned one. Confirm the new one on the server's page.`,
          ),
        );
        return;
      }
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      settle();
      reject(isCertificateError(error) ? new CertificateRefused(error.message) : error);
    });
  });
}

/**
 * The SHA-256 fingerprint of the certificate a panel presents now, for an admin to confirm and pin.
 * @throws Retry when nothing answers there.
 */
export function peerFingerprint(hostname: string, port: number, signal: AbortSignal): Promise<string> {
  const url = new URL(`https://${hostForUrl(hostname)}:${port}`);
  return connectTls(url, { mode: 'off' }, signal).then(
    (socket) => {
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      return fingerprint256;
    },
    (error: Error) => {
      throw new Retry('The panel could not be reached.', { code: 'unreachable', detail: error.message, cause: error });
    },
  );
}

function encodeBody(request: PanelRequest): { body: string; contentType: string } {
  if (request.form) {
    return { body: new URLSearchParams(request.form).toString(), contentType: 'application/x-www-form-urlencoded' };
  }
  if (request.json !== undefined) return { body: JSON.stringify(request.json), contentType: 'application/json' };
  return { body: '', contentType: '' };
}

const normalise = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase();
const hostForUrl = (hostname: string) => (hostname.includes(':') ? `[${hostname}]` : hostname);
const isIpAddress = (hostname: string) => /^[\d.]+$/.test(hostname) || hostname.includes(':');
/** An abort's `code` is a number. */
const isCertificateError = ({ code }: { code?: unknown }) =>
  typeof code === 'string' && (/CERT|ERR_TLS/.test(code) || code.startsWith('UNABLE_TO_'));
