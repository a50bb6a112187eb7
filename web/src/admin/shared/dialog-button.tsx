import type { ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface Props extends Omit<ButtonProps, 'children' | 'disabled'> {
  label: string;
  /** Heading of the dialog; the label when not given. */
  title?: string;
  /** Why it cannot be used now; null when it can. */
  refusal: string | null;
  dialogSize?: 'md' | 'lg' | 'xl';
  /** The form inside, drawn anew at every opening. Call `close` when it is done. */
  children: (close: () => void) => ReactNode;
}

/** A button that opens a form in a dialog. */
export function DialogButton({ label, title = label, refusal, dialogSize = 'md', children, ...button }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <ActionButton variant="default" {...button} refusal={refusal} onClick={open}>
        {label}
      </ActionButton>
      <Dialog opened={opened} onClose={close} title={title} size={dialogSize}>
        {opened && children(close)}
      </Dialog>
    </>
  );
}
