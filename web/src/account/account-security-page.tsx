import { Redirect } from '../ui/links.tsx';
import { useSession } from '../ui/session.tsx';

/** The address mails name, whoever reads them: leads to the reader's own door. */
export function AccountSecurityPage() {
  const { kind } = useSession();
  return <Redirect href={kind === 'staff' ? '/admin/security' : '/portal/security'} />;
}
