/** The connection to the mail server, one pool per app. */
import { createTransport, type Transporter } from 'nodemailer';
import type { App } from '../kit/context.ts';

const CONNECTIONS = 3;
/** Idle connections close by themselves, so that a process which has nothing more to do can end. */
const IDLE_MS = 2_000;
const CONNECT_MS = 15_000;
const SILENT_MS = 45_000;

const transports = new WeakMap<App, { url: string; transport: Transporter }>();

/** Nothing when the shop has no mail server. `smtps:` is TLS from the start; `smtp:` turns it on where the server can. */
export function transportOf(app: App): Transporter | undefined {
  const { smtpUrl } = app.config;
  if (smtpUrl === undefined) return undefined;
  const open = transports.get(app);
  if (open?.url === smtpUrl) return open.transport;
  open?.transport.close();
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS,
    idleTimeout: IDLE_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  transports.set(app, { url: smtpUrl, transport });
  return transport;
}
