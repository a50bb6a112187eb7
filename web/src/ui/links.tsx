import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ComponentProps, type ReactNode, useEffect } from 'react';

interface RouteLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  /** A path of this app, with its query: `/portal/invoices?state=unpaid`; or a part of this page: `#invoices`. */
  href: string;
}

/** A bare link to a page of this app, for components that bring their own looks. */
export function RouteLink({ href, ...rest }: RouteLinkProps) {
  if (href.startsWith('#')) return <a href={href} {...rest} />;
  // Exact, since the router would mark a section's home as the current page everywhere below it.
  return <Link {...split(href)} activeOptions={{ exact: true }} {...rest} />;
}

/** Goes to another page of this app at once, instead of drawing this one. */
export function Redirect({ href }: { href: string }) {
  const navigate = useNavigate();
  useEffect(() => {
    void navigate({ href, replace: true });
  }, [href, navigate]);
  return null;
}

function split(href: string) {
  const [to = '/', query = ''] = href.split('?');
  // Addresses are plain strings here, so the router cannot know which search a route takes.
  return { to, search: Object.fromEntries(new URLSearchParams(query)) as never };
}

interface Labelled {
  href: string;
  children?: ReactNode;
  'aria-label'?: string;
}

/** A text link. */
export const TextLink = (props: Labelled & AnchorProps) => <Anchor component={RouteLink} {...props} />;

/** A link that looks like a button: it goes somewhere, a `Button` does something. */
export const ButtonLink = (props: Labelled & ButtonProps) => <Button component={RouteLink} {...props} />;
