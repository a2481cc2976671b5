// What the window says about a room: guess, curtain, disagreement, presenting.

export const present = {} as const;
