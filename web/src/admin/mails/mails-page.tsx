import { Page } from '../../ui/page.tsx';
import { MailsTable } from './mails-table.tsx';

export const MailsPage = () => (
  <Page title="Mails">
    <MailsTable />
  </Page>
);
