// What the window says about one year played on the map.

export const replay = {} as const;
