import { TextInput, type TextInputProps } from '@mantine/core';

/** A code of an authenticator app. Backup codes have letters, so no digits-only keyboard where they are taken too. */
export const CodeInput = (props: TextInputProps) => (
  <TextInput
    label="Code"
    autoComplete="one-time-code"
    autoCapitalize="none"
    spellCheck={false}
    maxLength={20}
    {...props}
  />
);
