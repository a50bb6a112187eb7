import { useNavigate, useSearch } from '@tanstack/react-router';
import { Redirect, TextLink } from '../ui/links.tsx';
import { useSession } from '../ui/session.tsx';
import { homeOf } from '../ui/session-context.ts';
import { AccountCard } from './account-card.tsx';
import { SignUpForm } from './sign-up-form.tsx';

export function SignUpPage() {
  const session = useSession();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  if (session.user) return <Redirect href={homeOf(session, next)} />;
  const signIn = next ? `/sign-in?${new URLSearchParams({ next })}` : '/sign-in';
  return (
    <AccountCard
      title="Create your account"
      subtitle="One account for your hosting, invoices and credit."
      footer={
        <>
          Have an account already? <TextLink href={signIn}>Sign in</TextLink>
        </>
      }
    >
      <SignUpForm submitLabel="Create account" onDone={(signedIn) => void navigate({ href: homeOf(signedIn, next) })} />
    </AccountCard>
  );
}
