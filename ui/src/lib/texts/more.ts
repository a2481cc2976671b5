// What the window says about every parameter, palette, settings.

export const more = {} as const;
