import { useApiQuery } from '../../api/client.ts';
import { TextLink } from '../../ui/links.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Day, Instant } from '../../ui/time.tsx';

/** That this service waits for a decision whether to remove it; nothing when it does not. */
export function ProposedTermination({ serviceId }: { serviceId: string }) {
  const proposals = useApiQuery('/api/v1/termination-proposals', { query: { serviceId, limit: 1 } });
  const [proposal] = proposals.data?.items ?? [];
  if (!proposal) return null;
  return (
    <Notice tone="warn" title="Its termination is proposed">
      Invoice {proposal.invoiceNumber} has been due since <Day day={proposal.dueOn} />; proposed{' '}
      <Instant at={proposal.createdAt} />. Nothing is removed before{' '}
      <TextLink href="/admin/terminations" size="sm">
        you decide
      </TextLink>
      .
    </Notice>
  );
}
