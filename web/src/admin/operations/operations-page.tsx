import { Page } from '../../ui/page.tsx';
import { OperationsTable } from './operations-table.tsx';

export const OperationsPage = () => (
  <Page title="Operations" subtitle="Everything asked of a panel, and how far it is.">
    <OperationsTable />
  </Page>
);
