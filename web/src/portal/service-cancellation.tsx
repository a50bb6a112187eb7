import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Api } from '../api/types.ts';
import { CancelForm } from '../cancellation/cancel-form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Section } from '../ui/section.tsx';

/** The way out, at the end of the page; nothing once there is nothing left to give up. */
export function ServiceCancellation({ service }: { service: Api<'OwnService'> }) {
  const [opened, { open, close }] = useDisclosure();
  const { cancellation } = service;
  const running = service.state === 'active' || service.state === 'suspended';
  if (!running || (cancellation && cancellation.endsOn === null)) return null;
  return (
    <Section title="Cancel this service">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" flex="1 1 240px">
          {cancellation ? 'It ends by itself. It can also be removed now.' : 'At the end of the paid term, or now.'}
        </Text>
        <Button variant="default" size="xs" onClick={open}>
          {cancellation ? 'Remove it now' : 'Cancel service'}
        </Button>
      </Group>
      <Dialog opened={opened} onClose={close} title={`Cancel ${service.domain}`} size="lg">
        {opened && <CancelForm door="customer" service={service} onDone={close} />}
      </Dialog>
    </Section>
  );
}
