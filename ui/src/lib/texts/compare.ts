// What the window says about what-ifs side by side.

export const compare = {} as const;
