// What the window says about where the time and the incidents come from.

export const why = {} as const;
