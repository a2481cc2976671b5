import { chosenFor, toggled } from '../compute/choice';
import type { CombineView, CompareView, FlipView, Host, PathsView, Proposal, RankView, StudyView, WhyId, WhyView } from '../host';
import { texts } from '../texts';
import { Task } from './task.svelte';

/** What-ifs beside the baseline at most. */
export const MOST_COMPARED = 4;
/** Candidates whose combinations are all tried. */
export const MOST_COMBINED = 8;

/** As much of the workbench as questions about its study need. */
interface Desk {
  readonly host: Host;
  readonly study: StudyView | null;
  readonly notices: { say(text: string): void };
  attempt(operation: () => Promise<void>): Promise<boolean>;
  inTurn<T>(operation: () => Promise<T>): Promise<T>;
  edit(operation: () => Promise<StudyView>): Promise<boolean>;
}

/** The questions that were asked of the open study, and their answers: they outlive their views. */
export class Investigation {
  readonly compare: Task<CompareView>;
  readonly paths: Task<PathsView>;
  readonly why: Task<WhyView>;
  readonly rank: Task<RankView>;
  readonly combine: Task<CombineView>;
  /** Which figure is explained, ranked and flipped by. */
  figure = $state<WhyId>('leadTime');
  /** Compare shows the way there, quarter by quarter. */
  byQuarter = $state(false);
  /** Intervals are shown. */
  statistics = $state(false);
  budget = $state<number | null>(null);

  #desk: Desk;
  #compared = $state.raw<string[] | null>(null);
  #candidates = $state.raw<string[] | null>(null);
  #flips = $state.raw<Record<string, Task<FlipView>>>({});
  readonly #noFlip: Task<FlipView>;
  /** What each view began by itself the last time: cancelled, it is not begun again. */
  #begun: Record<string, string> = {};

  constructor(desk: Desk) {
    this.#desk = desk;
    const made = <Result>(of: () => string): Task<Result> => new Task(desk.host, of);
    this.compare = made(() => this.#name(this.compared));
    this.paths = made(() => this.#name(this.compared));
    this.why = made(() => this.#name(this.#shown()));
    this.rank = made(() => this.#name(this.#shown()));
    this.combine = made(() => `${this.#name(this.candidates)} ${this.budget}`);
    this.#noFlip = made(() => '');
  }

  /** The what-ifs that stand beside the baseline. */
  readonly compared = $derived.by(() => chosenFor(this.#compared, this.#ids(), MOST_COMPARED));
  /** The what-ifs of which all combinations are tried. */
  readonly candidates = $derived.by(() => chosenFor(this.#candidates ?? this.#single(), this.#ids(), MOST_COMBINED));

  toggleCompared(id: string): void {
    this.#compared = toggled(this.compared, id, this.#ids(), MOST_COMPARED);
  }

  /** Puts a what-if beside the baseline; where there is no room left, in the place of the last. */
  alongside(id: string): void {
    if (!this.#ids().includes(id) || this.compared.includes(id)) return;
    this.#compared = toggled(this.compared.slice(0, MOST_COMPARED - 1), id, this.#ids(), MOST_COMPARED);
  }

  toggleCandidate(id: string): void {
    this.#candidates = toggled(this.candidates, id, this.#ids(), MOST_COMBINED);
  }

  beginCompare = () => this.#begin('compare', this.compare, (tell) => this.#desk.host.compare(this.compared, tell));
  beginPaths = () => this.#begin('paths', this.paths, (tell) => this.#desk.host.paths(this.compared, tell));
  beginWhy = () => this.#begin('why', this.why, (tell) => this.#desk.host.why(tell));
  beginRank = () => this.#begin('rank', this.rank, (tell) => this.#desk.host.rank(tell));
  beginCombine = () =>
    this.#begin('combine', this.combine, (tell) => this.#desk.host.combine(this.candidates, this.budget, tell));

  beginFlip(whatIf: string, figure = this.figure): void {
    const key = flipKey(whatIf, figure);
    const task = this.#flips[key] ?? new Task<FlipView>(this.#desk.host, () => this.#name([whatIf]));
    this.#flips = { ...this.#flips, [key]: task };
    void this.#begin('flip', task, (tell) => this.#desk.host.flip(whatIf, figure, tell));
  }

  /** What is known of the numbers that would turn the choice for a what-if around, by a figure. */
  flip(whatIf: string, figure = this.figure): Task<FlipView> {
    return this.#flips[flipKey(whatIf, figure)] ?? this.#noFlip;
  }

  /** Begins what is quick to answer when its view asks for it: once for each state of the study. */
  wanted(which: 'compare' | 'paths' | 'why'): void {
    const task = this[which];
    if (task.phase === 'running' && this.#begun[which] === this.#key(which)) return;
    if (task.result !== null && !task.stale) return;
    if (this.#begun[which] === this.#key(which)) return;
    if (which !== 'why' && this.compared.length === 0) return;
    void { compare: this.beginCompare, paths: this.beginPaths, why: this.beginWhy }[which]();
  }

  /** Makes what was found a what-if, and shows it; what it was found in stays as it is. */
  make = async (proposal: Proposal): Promise<boolean> => {
    const made = await this.#desk.edit(() => this.#desk.host.makeWhatIf(proposal));
    if (made) {
      this.#begun.why = this.#key('why');
      this.#desk.notices.say(texts.why.made(proposal.name));
    }
    return made;
  };

  adopt = async (whatIf: string): Promise<boolean> => {
    const name = this.#desk.study?.whatIfs.find((candidate) => candidate.id === whatIf)?.name ?? whatIf;
    const adopted = await this.#desk.edit(() => this.#desk.host.adopt(whatIf));
    if (adopted) this.#desk.notices.say(texts.compare.adopted(name));
    return adopted;
  };

  /** Another study is opened. */
  clear(): void {
    for (const task of [this.compare, this.paths, this.why, this.rank, this.combine, ...Object.values(this.#flips)]) task.clear();
    this.#flips = {};
    this.#compared = null;
    this.#candidates = null;
    this.budget = null;
    this.byQuarter = false;
    this.#begun = {};
  }

  #ids(): string[] {
    return this.#desk.study?.whatIfs.map((whatIf) => whatIf.id) ?? [];
  }

  /** What-ifs without those that include others: of these every combination is tried anyway. */
  #single(): string[] {
    const all = this.#desk.study?.whatIfs ?? [];
    const single = all.filter((whatIf) => whatIf.includes.length === 0).map((whatIf) => whatIf.id);
    return single.length > 1 ? single : this.#ids();
  }

  #shown(): string[] {
    const active = this.#desk.study?.active ?? null;
    return active === null ? [] : [active];
  }

  /** Names what a result is of: the baseline and some what-ifs, as they are now. */
  #name(whatIfs: readonly string[]): string {
    const digest = (id: string) => this.#desk.study?.whatIfs.find((whatIf) => whatIf.id === id)?.digest ?? '';
    return [this.#desk.study?.baselineDigest ?? '', ...whatIfs.map((id) => `${id} ${digest(id)}`)].join(', ');
  }

  #key(which: string): string {
    return this.#name(which === 'why' ? this.#shown() : this.compared);
  }

  #begin<Result>(
    which: string,
    task: Task<Result>,
    start: Parameters<Task<Result>['begin']>[0],
  ): Promise<boolean> {
    this.#begun[which] = this.#key(which);
    return this.#desk.attempt(() => task.begin((tell) => this.#desk.inTurn(() => start(tell))));
  }
}

const flipKey = (whatIf: string, figure: WhyId): string => `${figure} ${whatIf}`;
