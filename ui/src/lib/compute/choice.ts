// Which of a study's what-ifs are looked at together.

/** What was chosen and is still there; the first ones of the study where nothing was. */
export function chosenFor(chosen: readonly string[] | null, all: readonly string[], most: number): string[] {
  return all.filter((id) => chosen === null || chosen.includes(id)).slice(0, most);
}

/** With one more or one less, in the order of the study; one too many changes nothing. */
export function toggled(chosen: readonly string[], id: string, all: readonly string[], most: number): string[] {
  if (chosen.includes(id)) return chosen.filter((other) => other !== id);
  return chosen.length < most ? all.filter((other) => other === id || chosen.includes(other)) : [...chosen];
}
