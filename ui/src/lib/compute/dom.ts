/** The element with a test id, whatever signs that holds. */
export function element(id: string): HTMLElement | null {
  return document.querySelector(`[data-testid="${id.replace(/["\\]/g, '\\$&')}"]`);
}
