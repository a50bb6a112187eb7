import { Stack } from '@mantine/core';
import { SecuritySections } from '../account/security/security-sections.tsx';
import { UnconfirmedEmail } from '../account/unconfirmed-email.tsx';
import { Page } from '../ui/page.tsx';

export const SecurityPage = () => (
  <Page title="Security" subtitle="How you sign in, and where you are signed in." size="lg">
    <Stack gap="lg">
      <UnconfirmedEmail waits="Until then the address cannot be changed." />
      <SecuritySections />
    </Stack>
  </Page>
);
