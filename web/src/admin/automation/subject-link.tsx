import type { Api } from '../../api/types.ts';
import { InvoiceLink, ServiceLink } from '../shared/room-links.tsx';

/** The way to what a step acts on: a service by its domain, an invoice by its number. */
export function SubjectLink({ subject }: { subject: Api<'AutomationSubject'> }) {
  const Link = subject.kind === 'service' ? ServiceLink : InvoiceLink;
  return <Link id={subject.id} name={subject.label} />;
}
