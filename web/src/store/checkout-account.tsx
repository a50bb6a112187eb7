import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { SignInForm } from '../account/sign-in-form.tsx';
import { SignUpForm } from '../account/sign-up-form.tsx';
import { notifySuccess } from '../ui/notify.tsx';
import { Section } from '../ui/section.tsx';
import { useSession } from '../ui/session.tsx';

/** Who orders. Signing in or up happens here, and the order stays as it was put together. */
export function CheckoutAccount({ currency }: { currency: string }) {
  const { user, kind } = useSession();
  const [way, setWay] = useState('new');
  if (kind === 'customer' && user) {
    return (
      <Section title="Your account">
        <Text size="sm">
          Ordering as <strong>{user.name || user.email}</strong>
          {user.name && ` (${user.email})`}
        </Text>
      </Section>
    );
  }
  const welcome = () => notifySuccess('You are signed in. One last step.');
  return (
    <Section title="Your account" description="Your hosting and invoices are kept there.">
      <Stack gap="lg">
        <SegmentedControl
          aria-label="Account"
          fullWidth
          value={way}
          onChange={setWay}
          data={[
            { value: 'new', label: 'I am new here' },
            { value: 'known', label: 'I have an account' },
          ]}
        />
        {way === 'new' ? (
          <SignUpForm submitLabel="Create account and continue" currency={currency} onDone={welcome} />
        ) : (
          <SignInForm onDone={welcome} />
        )}
      </Stack>
    </Section>
  );
}
