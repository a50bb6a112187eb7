import { SecuritySections } from '../../account/security/security-sections.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useSession } from '../../ui/session.tsx';

/** The own login of a member of staff. Whoever lacks a second factor the shop asks for sees nothing else. */
export function SecurityPage() {
  const { secondFactorMissing } = useSession();
  return (
    <Page title="Your sign-in" subtitle="How you sign in, and where you are signed in." size="lg">
      {secondFactorMissing && (
        <Notice tone="warn" title="Set up two-step sign-in first">
          This shop asks it of its staff. Everything else opens once it is on.
        </Notice>
      )}
      <SecuritySections />
    </Page>
  );
}
