import type { ReactNode } from 'react';

/** What is never broken over two lines, such as the number of an invoice with its hyphen. */
export const Whole = ({ children }: { children: ReactNode }) => <span className="ui-whole">{children}</span>;
