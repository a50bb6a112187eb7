import { ActionIcon, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { send, useApiQuery } from '../../api/client.ts';
import type { Api } from '../../api/types.ts';
import { confirm } from '../../ui/confirm.tsx';
import { Section } from '../../ui/section.tsx';
import { Day, formatDay } from '../../ui/time.tsx';
import { RUNG_WORDS } from '../automation/rung-words.ts';
import { DialogButton } from '../shared/dialog-button.tsx';
import { ListTable } from '../shared/list-table.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useRoleRefusal } from '../shared/role-refusal.ts';
import { ExemptionForm } from './exemption-form.tsx';

type Exemption = Api<'Exemption'>;

/** What automation leaves alone at this service, until when and why. */
export function ServiceExemptions({ serviceId }: { serviceId: string }) {
  const exemptions = useApiQuery('/api/v1/services/{id}/exemptions', { path: { id: serviceId } });
  const refusal = useRoleRefusal()('services:write');
  const list = exemptions.data;
  return (
    <Section
      title="Exemptions"
      description="Steps of automation that leave this service alone: reminders, suspension and the like."
      flush
      actions={
        list && (
          <DialogButton label="Add exemption" title="Add an exemption" size="xs" refusal={refusal}>
            {(close) => <ExemptionForm serviceId={serviceId} list={list} onDone={close} />}
          </DialogButton>
        )
      }
    >
      <Loaded query={exemptions}>
        {(list) => (
          <ListTable
            flush
            label="Exemptions"
            rows={list.items}
            rowKey={({ rung, until, reason }) => `${rung} ${until} ${reason}`}
            columns={[
              { key: 'rung', header: 'Step', cell: ({ rung }) => RUNG_WORDS[rung] },
              { key: 'until', header: 'Up to and with', cell: ({ until }) => <Day day={until} /> },
              { key: 'reason', header: 'Why', cell: ({ reason }) => reason },
              {
                key: 'actions',
                header: '',
                align: 'end',
                cell: (exemption) =>
                  refusal === null && <End serviceId={serviceId} list={list} exemption={exemption} />,
              },
            ]}
            empty={
              <Text size="sm" c="dimmed" p="lg">
                None. Automation treats this service like any other.
              </Text>
            }
          />
        )}
      </Loaded>
    </Section>
  );
}

function End({ serviceId, list, exemption }: { serviceId: string; list: Api<'Exemptions'>; exemption: Exemption }) {
  const step = RUNG_WORDS[exemption.rung];
  const end = () =>
    confirm({
      title: `End the exemption from “${step}”?`,
      body: `It would hold up to and with ${formatDay(exemption.until)}. Without it the next run treats the service like any other.`,
      confirmLabel: 'End it',
      run: () =>
        send('put', '/api/v1/services/{id}/exemptions', {
          path: { id: serviceId },
          body: { items: list.items.filter((other) => other !== exemption), version: list.version },
        }),
    });
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={`End the exemption from ${step}`} onClick={end}>
      <IconTrash size={16} aria-hidden />
    </ActionIcon>
  );
}
