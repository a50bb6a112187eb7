/** From a template and its data to a mail. */
import { Liquid } from 'liquidjs';
import { layout, type TemplateSource } from './template.ts';

export interface Shop {
  name: string;
  addressLines: string[];
  supportEmail: string;
  url: string;
}

export interface Rendered {
  subject: string;
  html: string;
  text: string;
}

/**
 * A name that does not exist is an error, so that no mail goes out with a hole in it. A template reaches its data and
 * nothing else: no files, no prototypes, and not for long.
 */
const limits = {
  strictVariables: true,
  strictFilters: true,
  lenientIf: true,
  ownPropertyOnly: true,
  templates: {},
  parseLimit: 200_000,
  renderLimit: 1_000,
  memoryLimit: 5_000_000,
};
/** What comes from outside cannot become markup, unless the template says `raw`. */
const html = new Liquid({ ...limits, outputEscape: 'escape' });
const text = new Liquid(limits);

/** What renders a part of a template: values are escaped in HTML and stand as they are in plain text. */
export const engineOf = (part: keyof TemplateSource): Liquid => (part === 'html' ? html : text);

/**
 * @param data what the template may name, beside `shop`
 * @param notice a remark of ours above the mail, in plain text
 * @throws Error naming the template's line when it names what is not there, or is no Liquid
 */
export function renderMail(source: TemplateSource, data: Record<string, unknown>, shop: Shop, notice = ''): Rendered {
  const known = { ...data, shop };
  const subject = text.parseAndRenderSync(source.subject, known).replace(/\s+/g, ' ').trim();
  const body = {
    html: html.parseAndRenderSync(source.html, known),
    text: text.parseAndRenderSync(source.text, known),
  };
  return {
    subject,
    html: html.parseAndRenderSync(layout.html, { subject, shop, notice, body: body.html }),
    text: tidy(text.parseAndRenderSync(layout.text, { shop, notice, body: tidy(body.text) })),
  };
}

/** Conditions leave blank lines behind in plain text. */
const tidy = (plain: string) =>
  `${plain
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
