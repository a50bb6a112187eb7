import { SimpleGrid, Stack } from '@mantine/core';
import { ChangeEmail } from './change-email.tsx';
import { ChangePassword } from './change-password.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactor } from './two-factor.tsx';

/** How somebody gets in, and where they are: the same for customers and staff. */
export const SecuritySections = () => (
  <Stack gap="lg">
    <TwoFactor />
    <Sessions />
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <ChangePassword />
      <ChangeEmail />
    </SimpleGrid>
  </Stack>
);
