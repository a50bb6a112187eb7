import { useNavigate, useSearch } from '@tanstack/react-router';
import { Redirect, TextLink } from '../ui/links.tsx';
import { useSession } from '../ui/session.tsx';
import { homeOf } from '../ui/session-context.ts';
import { AccountCard } from './account-card.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  const session = useSession();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  if (session.user) return <Redirect href={homeOf(session, next)} />;
  if (session.shop.setUpNeeded) return <Redirect href="/set-up" />;
  const signUp = next ? `/sign-up?${new URLSearchParams({ next })}` : '/sign-up';
  return (
    <AccountCard
      title="Sign in"
      subtitle={`Welcome back to ${session.shop.name}.`}
      footer={
        <>
          New here? <TextLink href={signUp}>Create an account</TextLink>
        </>
      }
    >
      <SignInForm onDone={(signedIn) => void navigate({ href: homeOf(signedIn, next) })} />
    </AccountCard>
  );
}
