import { Stack, Text } from '@mantine/core';
import { useApiQuery } from '../../api/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useCan } from '../../ui/session.tsx';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { LadderDaysForm } from './ladder-days-form.tsx';
import { NextNight } from './next-night.tsx';
import { RunForm } from './run-form.tsx';
import { daysInWords, RUNG_WORDS } from './rung-words.ts';
import { RunsTable } from './runs-table.tsx';

/** What the shop does by itself with services whose paid period ends, and what it did. */
export function AutomationPage() {
  const can = useCan();
  const roleRefusal = useRoleRefusal();
  return (
    <Page
      title="Automation"
      subtitle="What happens by itself to a service whose paid period ends."
      actions={
        <DialogButton
          label="Run now"
          title="Run the ladder"
          variant="filled"
          dialogSize="lg"
          refusal={roleRefusal('operations:write')}
        >
          {(close) => <RunForm onDone={close} />}
        </DialogButton>
      }
    >
      <Stack gap="lg">
        <NextNight />
        <Section
          title="Runs"
          description="Every night once, and whenever somebody asks. Open one to see what it did."
          flush
        >
          <RunsTable />
        </Section>
        {can('settings:read') && <Ladder />}
      </Stack>
    </Page>
  );
}

function Ladder() {
  const ladder = useApiQuery('/api/v1/automation/ladder', {});
  const roleRefusal = useRoleRefusal();
  return (
    <Section
      title="The ladder"
      description="From top to bottom; each step is done once for a service and its due day."
      flush
      actions={
        <DialogButton label="Change the days" size="xs" refusal={roleRefusal('settings:write')}>
          {(close) => <LadderDaysForm onDone={close} />}
        </DialogButton>
      }
    >
      <Loaded query={ladder}>
        {({ items }) => (
          <ListTable
            flush
            label="The ladder"
            rows={items}
            rowKey={(rung) => rung.name}
            columns={[
              { key: 'name', header: 'Step', cell: (rung) => RUNG_WORDS[rung.name] },
              {
                key: 'days',
                header: 'When',
                cell: (rung) => (
                  <>
                    {daysInWords(rung.days)}
                    <Text size="xs" c="dimmed">
                      counted from the {rung.countedFrom}
                    </Text>
                  </>
                ),
              },
              { key: 'does', header: 'What it does', cell: (rung) => rung.does },
            ]}
            empty={<EmptyState title="Nothing happens by itself" />}
          />
        )}
      </Loaded>
    </Section>
  );
}
