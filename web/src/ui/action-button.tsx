import { Button, type ButtonProps, Tooltip, VisuallyHidden } from '@mantine/core';
import { type MouseEventHandler, type ReactNode, useId } from 'react';

interface ActionButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Why it cannot be used now, in a sentence; null when it can. */
  refusal: string | null | undefined;
  /** Left out for a button that sends its form. */
  onClick?: MouseEventHandler<HTMLButtonElement>;
  type?: 'button' | 'submit';
  children: ReactNode;
}

/** A button that says why it cannot be pressed. It stays focusable, so that the reason can be reached by keyboard. */
export function ActionButton({ refusal, onClick, children, ...rest }: ActionButtonProps) {
  const id = useId();
  if (!refusal) {
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <>
      <Tooltip label={refusal}>
        <Button {...rest} data-disabled aria-disabled aria-describedby={id} onClick={(event) => event.preventDefault()}>
          {children}
        </Button>
      </Tooltip>
      <VisuallyHidden id={id}>{refusal}</VisuallyHidden>
    </>
  );
}
