/** Lays out the JSON in a recorded request or answer; headers before an empty line, and all other text, stay as they are. */
export function prettyPrint(text: string): string {
  const gap = /\r?\n\r?\n/.exec(text);
  if (gap && !looksLikeJson(text)) {
    return `${text.slice(0, gap.index)}\n\n${layOut(text.slice(gap.index + gap[0].length))}`;
  }
  return layOut(text);
}

const looksLikeJson = (text: string) => /^\s*[[{]/.test(text);

function layOut(text: string): string {
  if (!looksLikeJson(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // cut off, or not JSON after all
  }
}
