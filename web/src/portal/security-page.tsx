import { SecuritySections } from '../account/security/security-sections.tsx';
import { Page } from '../ui/page.tsx';

export const SecurityPage = () => (
  <Page title="Security" subtitle="How you sign in, and where you are signed in." size="lg">
    <SecuritySections />
  </Page>
);
