// What the window says about the numbers that would turn the choice around.

export const flip = {} as const;
