import { Page } from '../../ui/page.tsx';
import { PanelCallsTable } from './panel-calls-table.tsx';

export const PanelLogPage = () => (
  <Page title="Panel log" subtitle="Every call to a panel with its answer; secrets are struck out.">
    <PanelCallsTable />
  </Page>
);
