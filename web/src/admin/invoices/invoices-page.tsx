import { ButtonLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { useCan } from '../../ui/session.tsx';
import { InvoicesTable } from './invoices-table.tsx';

export function InvoicesPage() {
  const add = useCan()('billing:write') && <ButtonLink href="/admin/invoices/new">Add invoice</ButtonLink>;
  return (
    <Page title="Invoices" actions={add}>
      <InvoicesTable />
    </Page>
  );
}
