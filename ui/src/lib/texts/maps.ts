// What the window says about the map and what is edited on it.

export const maps = {} as const;
