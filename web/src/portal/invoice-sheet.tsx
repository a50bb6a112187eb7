import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Api } from '../api/types.ts';
import { countryName } from '../ui/countries.ts';
import { formatMoney } from '../ui/money.tsx';
import { formatDay } from '../ui/time.tsx';
import classes from './portal.module.css';

type Invoice = Api<'Invoice'>;

/** The invoice as it is printed. */
export function InvoiceSheet({ invoice }: { invoice: Invoice }) {
  const money = (minor: number) => formatMoney(minor, invoice.currency);
  return (
    <article className={classes.sheet} aria-label={`Invoice ${invoice.number}`}>
      <Stack gap={36}>
        <div className={classes.parties}>
          <div>
            <Title order={2}>Invoice {invoice.number}</Title>
            <Text size="sm" c="dimmed">
              Issued {formatDay(invoice.issuedOn)}
              <br />
              Due {formatDay(invoice.dueOn)}
            </Text>
          </div>
          <Party
            label="From"
            lines={[invoice.seller.name, ...invoice.seller.address.split('\n'), invoice.seller.taxId]}
          />
        </div>
        <Party
          label="Billed to"
          lines={[
            invoice.billTo.company,
            invoice.billTo.name,
            ...invoice.billTo.address,
            countryName(invoice.billTo.country),
            invoice.billTo.taxId,
            invoice.billTo.email,
          ]}
        />
        <table className={classes.lines}>
          <thead>
            <tr>
              <th scope="col">Description</th>
              <th scope="col" className={classes.wide}>
                Quantity
              </th>
              <th scope="col" className={classes.wide}>
                Unit price
              </th>
              <th scope="col">Amount</th>
            </tr>
          </thead>
          <tbody>
            {invoice.lines.map((line) => (
              <tr key={line.id}>
                <td>
                  {line.description}
                  {line.periodFrom && line.periodTo && (
                    <Text size="xs" c="dimmed">
                      {formatDay(line.periodFrom)} to {formatDay(line.periodTo)}
                    </Text>
                  )}
                </td>
                <td className={classes.wide}>{line.quantity}</td>
                <td className={classes.wide}>{money(line.unitMinor)}</td>
                <td>{money(line.amountMinor)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <dl className={classes.totals}>
          {totalsOf(invoice).map(({ label, minor, grand }) => (
            <Total key={label} label={label} grand={grand}>
              {money(minor)}
            </Total>
          ))}
        </dl>
      </Stack>
    </article>
  );
}

/** What is asked for, and how it comes down to what is still due. The last row is the one that counts. */
function totalsOf(invoice: Invoice): { label: string; minor: number; grand?: boolean }[] {
  const { totalMinor, paidMinor, creditAppliedMinor, dueMinor, state } = invoice;
  const moneyMinor = paidMinor - creditAppliedMinor;
  const paid = [
    ...(creditAppliedMinor > 0 ? [{ label: 'Paid from credit', minor: creditAppliedMinor }] : []),
    ...(moneyMinor > 0 ? [{ label: 'Paid', minor: moneyMinor }] : []),
  ];
  if (state !== 'unpaid' || paid.length === 0) return [{ label: 'Total', minor: totalMinor, grand: true }, ...paid];
  return [{ label: 'Total', minor: totalMinor }, ...paid, { label: 'Still due', minor: dueMinor, grand: true }];
}

function Party({ label, lines }: { label: string; lines: string[] }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {label}
      </Text>
      {[...new Set(lines.filter(Boolean))].map((line) => (
        <Text size="sm" key={line}>
          {line}
        </Text>
      ))}
    </div>
  );
}

const Total = ({ label, grand, children }: { label: string; grand?: boolean | undefined; children: ReactNode }) => (
  <>
    <dt className={grand ? classes.grand : undefined}>{label}</dt>
    <dd className={grand ? classes.grand : undefined}>{children}</dd>
  </>
);
