/** How long ago that was, for people. */
export function seconds(startedAt) {
  const passed = Math.round((Date.now() - startedAt) / 1000);
  return passed < 90 ? `${passed} s` : `${Math.floor(passed / 60)} min ${passed % 60} s`;
}
