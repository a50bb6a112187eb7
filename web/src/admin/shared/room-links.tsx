import { TextLink } from '../../ui/links.tsx';

interface Target {
  id: string;
  name: string;
}

const linkInto = (room: string, className?: string) =>
  function RoomLink({ id, name }: Target) {
    return (
      <TextLink href={`/admin/${room}/${id}`} size="sm" underline="hover" className={className}>
        {name}
      </TextLink>
    );
  };

/** Ways from one thing to another: every page that names a customer leads to it. */
export const CustomerLink = linkInto('customers');
export const OrderLink = linkInto('orders');
export const InvoiceLink = linkInto('invoices', 'ui-whole');
export const ServiceLink = linkInto('services');
export const OperationLink = linkInto('operations');
export const ServerLink = linkInto('servers');
export const ProductLink = linkInto('products');
export const MailTemplateLink = linkInto('mail-templates');
