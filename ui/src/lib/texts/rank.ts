// What the window says about which lever moves most.

export const rank = {} as const;
