import { IconMapPinOff } from '@tabler/icons-react';
import { EmptyState } from './empty-state.tsx';
import { ButtonLink } from './links.tsx';
import { Page } from './page.tsx';

export const NotFoundPage = () => (
  <Page title="Page not found" size="sm">
    <EmptyState
      icon={IconMapPinOff}
      title="There is no page at this address"
      text="It may have moved, or the address has a slip of the pen."
      action={<ButtonLink href="/">Go to the store</ButtonLink>}
    />
  </Page>
);
