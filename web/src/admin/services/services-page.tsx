import { Page } from '../../ui/page.tsx';
import { ServicesTable } from './services-table.tsx';

export const ServicesPage = () => (
  <Page title="Services">
    <ServicesTable />
  </Page>
);
