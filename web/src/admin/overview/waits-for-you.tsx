import { List } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Api } from '../../api/types.ts';
import { TextLink } from '../../ui/links.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSession } from '../../ui/session.tsx';
import { formatDay } from '../../ui/time.tsx';

/** Decisions and stuck work that no tile counts; nothing while there is none. */
export function WaitsForYou({ overview }: { overview: Api<'Overview'> }) {
  const { permissions } = useSession();
  const waiting = linesOf(overview).filter(({ needs }) => permissions.includes(needs));
  if (waiting.length === 0) return null;
  return (
    <Notice tone="warn" title="This waits for you">
      <List size="sm" spacing={4}>
        {waiting.map(({ href, link, text }) => (
          <List.Item key={href}>
            <TextLink href={href} size="sm">
              {link}
            </TextLink>{' '}
            {text}
          </List.Item>
        ))}
      </List>
    </Notice>
  );
}

interface Line {
  needs: string;
  href: string;
  link: string;
  text: ReactNode;
}

function linesOf({ terminationsProposed, packageChangesLate, paymentsUnclear, nightLate, nightDone }: Api<'Overview'>) {
  const lines: Line[] = [];
  if (nightLate && nightDone !== null)
    lines.push({
      needs: 'operations:read',
      href: '/admin/automation',
      link: 'The nightly run',
      text: `was last finished for ${formatDay(nightDone)}. Renewals, reminders and suspensions stand still until it runs.`,
    });
  if (terminationsProposed > 0)
    lines.push({
      needs: 'services:read',
      href: '/admin/terminations',
      link: counted(terminationsProposed, 'overdue service', 'overdue services'),
      text: 'to remove or to keep. Nothing is removed before you decide.',
    });
  if (paymentsUnclear > 0)
    lines.push({
      needs: 'billing:read',
      href: '/admin/payments?state=unknown',
      link: counted(paymentsUnclear, 'payment', 'payments'),
      text: 'nobody knows the end of. The provider is asked again by itself.',
    });
  if (packageChangesLate > 0)
    lines.push({
      needs: 'services:read',
      href: '/admin/package-changes?state=late',
      link: counted(packageChangesLate, 'package change', 'package changes'),
      text: packageChangesLate === 1 ? 'waits too long.' : 'wait too long.',
    });
  return lines;
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
