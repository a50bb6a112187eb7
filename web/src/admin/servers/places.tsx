import { Progress, Text } from '@mantine/core';
import type { Api } from '../../api/types.ts';

const NEARLY_FULL_PERCENT = 90;

/** How many places of a server are taken, with a bar where there is a limit. */
export function Places({ server }: { server: Pick<Api<'Server'>, 'accounts' | 'maxAccounts'> }) {
  const { accounts, maxAccounts } = server;
  if (maxAccounts === null) return <span className="ui-numbers">{accounts}, no limit</span>;
  const percent = maxAccounts === 0 ? 100 : Math.min(100, (accounts / maxAccounts) * 100);
  const text = `${accounts} of ${maxAccounts}`;
  return (
    <div>
      <Text size="sm" className="ui-numbers">
        {text}
      </Text>
      <Progress
        value={percent}
        size="xs"
        mt={4}
        maw={120}
        miw={72}
        color={percent >= NEARLY_FULL_PERCENT ? 'orange' : undefined}
        aria-label={`Accounts: ${text}`}
      />
    </div>
  );
}
