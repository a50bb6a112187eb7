import { Stack } from '@mantine/core';
import { SecuritySections } from '../account/security/security-sections.tsx';
import { UnconfirmedEmail } from '../account/unconfirmed-email.tsx';
import { Page } from '../ui/page.tsx';

export const SecurityPage = () => (
  <Page title="Security" subtitle="How you sign in, and where you are signed in." size="lg">
    <Stack gap="lg">
      <UnconfirmedEmail waits="Should it be wrong, give the right one below." />
      <SecuritySections />
    </Stack>
  </Page>
);
