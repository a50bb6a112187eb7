import type { OptionAnswers, Product } from '../catalogue/product.ts';

/** For `--option code=value`, which may be given again. */
export function collectAnswer(text: string, before: Record<string, string>): Record<string, string> {
  const [code = '', ...value] = text.split('=');
  return { ...before, [code]: value.join('=') };
}

/** As the kind of each option wants it; what does not fit is left for the price to refuse. */
export function optionAnswers(product: Pick<Product, 'options'>, typed: Record<string, string>): OptionAnswers {
  return Object.fromEntries(
    Object.entries(typed).map(([code, text]) => {
      const kind = product.options.find((option) => option.code === code)?.kind;
      if (kind === 'yes_no' && ['true', 'false'].includes(text)) return [code, text === 'true'];
      if (kind === 'quantity' && /^\d+$/.test(text)) return [code, Number(text)];
      return [code, text];
    }),
  );
}
