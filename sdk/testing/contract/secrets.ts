import { describe, expect, test } from 'vitest';
import { type PanelExchange, secretNames } from '../../src/index.ts';
import { type Contract, onPanel } from './bench.ts';

const PASSWORDS = ['Vn8-Hd3_Bq6.Ys2-Gc7w', 'Rb5-Jt9_Xf3.Mw6-Pz2k', 'Cs4-Ln8_Ug2.Dk7-Hv9j'] as const;

export function secretTests(contract: Contract): void {
  const { module } = contract;

  describe('secrets', () => {
    test(
      'whatever a request or an answer shows is named to be struck out',
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        const { remoteId } = await bench.create(wanted);
        const account = { reference: wanted.reference, username: wanted.username, domain: wanted.domain, remoteId };
        const [password, mailboxPassword, databasePassword] = PASSWORDS;
        await module.changePassword?.({ ...bench.call(), account, password });
        const mailbox = { localPart: 'info', password: mailboxPassword, quotaMb: 100 };
        await module.createMailbox?.({ ...bench.call(), account, mailbox });
        await module.createDatabase?.({
          ...bench.call(),
          account,
          database: { name: 'shop', password: databasePassword },
        });
        const link = await module.signOn?.({ ...bench.call(), account });

        const credentials = secretNames(module.server).map((name) => String(bench.call().server[name]));
        const secrets = [...credentials, wanted.password, ...PASSWORDS, ...(link ? [link.url] : [])];
        for (const exchange of bench.exchanges) {
          const stored = strikeOut(textOf(exchange), exchange.secrets);
          for (const secret of secrets) {
            const shown = formsOf(secret).filter((form) => stored.includes(form));
            expect(shown, `${exchange.label} shows a secret that it does not name`).toEqual([]);
          }
        }
      }),
    );

    test(
      'failures do not repeat secrets',
      onPanel(contract, async (bench) => {
        const wanted = bench.wanted();
        for (const kind of ['refuse', 'html', 'error_after', 'reset_before'] as const) {
          bench.simulator.addFault({ on: 'create', kind, times: 1 });
          const error: unknown = await bench.create(wanted).catch((thrown: unknown) => thrown);
          const { message = '', detail = '' } = error as { message?: string; detail?: string };
          expect(`${message} ${detail}`).not.toContain(wanted.password);
        }
      }),
    );
  });
}

const textOf = ({ url, requestHeaders, requestBody, responseBody = '', error = '' }: PanelExchange): string =>
  [url, JSON.stringify(requestHeaders), requestBody, responseBody, error].join('\n');

/** A secret as it stands in text, in an address or form, in JSON, and in a Basic header. */
function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
}

function strikeOut(text: string, secrets: string[]): string {
  let struck = text;
  for (const form of secrets.flatMap(formsOf)) struck = struck.replaceAll(form, '[struck out]');
  return struck;
}
