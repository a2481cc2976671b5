import type { Tip } from '../stores/tip.svelte';

interface Size {
  width: number;
  height: number;
}

const GAP = 8;

/** Beside or above its anchor, and always inside the window. */
export function placeTip(anchor: Tip['anchor'], side: Tip['side'], tip: Size, window: Size): { left: number; top: number } {
  const left = side === 'right' ? anchor.right + GAP : (anchor.left + anchor.right - tip.width) / 2;
  const above = anchor.top - GAP - tip.height;
  const top = side === 'right' ? anchor.top - 6 : above < GAP ? anchor.bottom + GAP : above;
  return {
    left: Math.max(GAP, Math.min(left, window.width - tip.width - GAP)),
    top: Math.max(GAP, Math.min(top, window.height - tip.height - GAP)),
  };
}
