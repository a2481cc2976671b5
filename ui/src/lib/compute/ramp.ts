/** Steps of the map's one fill ramp; the last one and everything above look alike. */
export const RAMP_STEPS = 7;
const STEP_SHARE = 0.05;

/** Fixed limits, so that a colour means the same before and after a move. */
export function rampStep(share: number): number {
  return Math.max(0, Math.min(RAMP_STEPS - 1, Math.floor(share / STEP_SHARE)));
}
