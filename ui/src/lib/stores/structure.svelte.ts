import { isRefusal, type Edit, type MapView, type StudyView } from '../host';
import { actionsOf, isQuestion, teamsBut, type Action, type Question } from '../map/actions';
import type { Drop } from '../map/drop';
import { texts } from '../texts';
import type { MapState } from './map.svelte';
import type { Workbench } from './workbench.svelte';

/** Edits of the structure: what is asked first, what is refused, and what is selected afterwards. */
export class Structure {
  question = $state.raw<Question | null>(null);
  #bench: Workbench;
  #map: MapState;

  constructor(bench: Workbench, map: MapState) {
    this.#bench = bench;
    this.#map = map;
  }

  take(action: Action): void {
    if (isQuestion(action.edit)) this.question = action.edit;
    else void this.make(action.edit);
  }

  /** A key pressed on a node or a team; answers whether it meant something. */
  key(key: string, id: string, map: MapView): boolean {
    const meant = { F2: 'rename', Delete: 'remove' }[key];
    const action = actionsOf(map, id).find((one) => one.id === meant);
    if (action) this.take(action);
    return action !== undefined;
  }

  answer(name: string, choice: string): void {
    const edit = this.question?.answer(name, choice);
    this.question = null;
    if (edit) void this.make(edit);
  }

  /** A node let go of over another lane, or at another place among the stages. */
  async drop({ id, lane, before }: Drop): Promise<void> {
    if (lane !== null) await this.make({ kind: 'assign', node: id, team: lane });
    else if (before !== undefined) await this.make({ kind: 'move', node: id, before });
  }

  async make(edit: Edit): Promise<void> {
    const before = this.#bench.study?.map;
    const done = await this.#bench.edit(async () => {
      try {
        return await this.#bench.host.editStructure(edit);
      } catch (thrown) {
        const question = isRefusal(thrown) && edit.kind === 'remove' ? this.#wayOut(thrown.code, thrown.message, edit) : null;
        if (!question) throw thrown;
        this.question = question;
        return this.#bench.host.study();
      }
    });
    if (done && before) this.#selectNew(before, this.#bench.study);
  }

  /** Some refusals have a way out that one answer takes. */
  #wayOut(code: string, message: string, edit: Edit & { kind: 'remove' }): Question | null {
    const words = texts.maps.actions;
    const map = this.#bench.study?.map;
    if (code === 'needsHeir' && map) {
      return {
        title: words.heirTitle,
        text: message,
        choice: { label: words.heir, options: teamsBut(map, edit.node.replace(/^team\//, '')) },
        confirm: words.heirConfirm,
        answer: (_name, heir) => ({ ...edit, heir }),
      };
    }
    if (code === 'namedElsewhere' && !edit.everywhere) {
      return {
        title: words.everywhereTitle,
        text: `${message} ${words.everywhereText}`,
        confirm: words.everywhereConfirm,
        answer: () => ({ ...edit, everywhere: true }),
      };
    }
    return null;
  }

  #selectNew(before: MapView, study: StudyView | null): void {
    const ids = (map: MapView): string[] => [...map.nodes.map(({ id }) => id), ...map.lanes.map(({ id }) => `team/${id}`)];
    if (!study) return;
    const known = new Set(ids(before));
    const now = ids(study.map);
    const added = now.find((id) => !known.has(id));
    if (added) this.#map.select(added, true);
    else if (this.#map.selected !== null && !now.includes(this.#map.selected)) this.#map.select(null);
  }
}
