/**
 * The Message-ID of a mail, the same at every try: a receiver that was given a mail twice, because we died between its
 * "accepted" and our noting it, can tell that it is the same one.
 *
 * @param from the sender, `Name <address>` or an address; its domain is the right-hand side
 * @param again tells a mail that is sent anew on purpose from the first one
 */
export function messageIdOf(from: string, mailId: string, again?: string): string {
  const [, domain = 'localhost'] = /@([^\s<>@]+)>?\s*$/.exec(from) ?? [];
  return `<${mailId}${again === undefined ? '' : `.${again}`}@${domain}>`;
}
