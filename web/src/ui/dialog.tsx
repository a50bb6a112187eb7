import { Group, Modal, type ModalRootProps, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  size?: ModalRootProps['size'];
  children: ReactNode;
}

/**
 * A dialog with its title and a way out. Mantine's own modal puts the title into a `header`, which screen readers
 * take for a second banner of the page.
 */
export const Dialog = ({ opened, onClose, title, size, children }: DialogProps) => (
  <Modal.Root opened={opened} onClose={onClose} size={size} centered>
    <Modal.Overlay backgroundOpacity={0.45} blur={2} />
    <Modal.Content radius="lg">
      <Modal.Body p="lg">
        <Stack>
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <Modal.Title fw={640} fz="lg" lh={1.3} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </Group>
          {children}
        </Stack>
      </Modal.Body>
    </Modal.Content>
  </Modal.Root>
);
