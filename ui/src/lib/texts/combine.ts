// What the window says about all combinations of candidates.

export const combine = {} as const;
