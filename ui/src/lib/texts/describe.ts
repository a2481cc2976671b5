// What the window says about the first ten minutes: describing an organisation, its mirror, the assessment.

export const describe = {} as const;
