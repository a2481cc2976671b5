// The commands of the shell and the types they carry, generated from the Rust side. Do not edit:
// `MILLRACE_WRITE_BINDINGS=1 cargo test -p millrace-app` writes this file.

import { invoke as __TAURI_INVOKE, Channel } from "@tauri-apps/api/core";

/** Commands */
export const commands = {
	/**
	 * The study file that the app was started with; answered once, so that a reload does not open it
	 * over what is on the desk.
	 */
	startPath: () => __TAURI_INVOKE<string | null>("start_path"),
	templates: () => __TAURI_INVOKE<TemplateView[]>("templates"),
	openTemplate: (id: string) => __TAURI_INVOKE<StudyView>("open_template", { id }),
	openFile: (path: string) => __TAURI_INVOKE<StudyView>("open_file", { path }),
	save: () => __TAURI_INVOKE<StudyView>("save"),
	saveAs: (path: string) => __TAURI_INVOKE<StudyView>("save_as", { path }),
	undo: () => __TAURI_INVOKE<StudyView>("undo"),
	redo: () => __TAURI_INVOKE<StudyView>("redo"),
	select: (whatIf: string | null) => __TAURI_INVOKE<StudyView>("select", { whatIf }),
	addWhatIf: (name: string) => __TAURI_INVOKE<StudyView>("add_what_if", { name }),
	duplicateWhatIf: (id: string) => __TAURI_INVOKE<StudyView>("duplicate_what_if", { id }),
	renameWhatIf: (id: string, name: string) => __TAURI_INVOKE<StudyView>("rename_what_if", { id, name }),
	removeWhatIf: (id: string) => __TAURI_INVOKE<StudyView>("remove_what_if", { id }),
	combineWhatIfs: (ids: string[]) => __TAURI_INVOKE<StudyView>("combine_what_ifs", { ids }),
	placeWhatIf: (id: string, before: string | null) => __TAURI_INVOKE<StudyView>("place_what_if", { id, before }),
	whatIfForm: (id: string) => __TAURI_INVOKE<WhatIfForm>("what_if_form", { id }),
	describeWhatIf: (id: string, details: WhatIfDetails) => __TAURI_INVOKE<StudyView>("describe_what_if", { id, details }),
	lookAtColleague: (path: string) => __TAURI_INVOKE<ColleagueView>("look_at_colleague", { path }),
	takeWhatIfs: (path: string, ids: string[]) => __TAURI_INVOKE<StudyView>("take_what_ifs", { path, ids }),
	parameters: () => __TAURI_INVOKE<ParameterView[]>("parameters"),
	setParameter: (path: string, value: GivenView, gesture: number, onBaseline: boolean) => __TAURI_INVOKE<StudyView>("set_parameter", { path, value, gesture, onBaseline }),
	resetParameter: (path: string) => __TAURI_INVOKE<StudyView>("reset_parameter", { path }),
	settings: () => __TAURI_INVOKE<Settings>("settings"),
	keepSettings: (settings: Settings) => __TAURI_INVOKE<null>("keep_settings", { settings }),
	recent: () => __TAURI_INVOKE<RecentView[]>("recent"),
	forgetRecent: (path: string) => __TAURI_INVOKE<null>("forget_recent", { path }),
	recovered: () => __TAURI_INVOKE<RecoveredView[]>("recovered"),
	openRecovered: (id: string) => __TAURI_INVOKE<StudyView>("open_recovered", { id }),
	lookAt: (view: string) => __TAURI_INVOKE<null>("look_at", { view }),
	discardRecovered: (id: string) => __TAURI_INVOKE<null>("discard_recovered", { id }),
	leave: () => __TAURI_INVOKE<null>("leave"),
	moveLever: (lever: string, position: number, gesture: number) => __TAURI_INVOKE<StudyView>("move_lever", { lever, position, gesture }),
	raiseLever: (lever: string, position: number, gesture: number) => __TAURI_INVOKE<StudyView>("raise_lever", { lever, position, gesture }),
	resetLever: (lever: string) => __TAURI_INVOKE<StudyView>("reset_lever", { lever }),
	study: () => __TAURI_INVOKE<StudyView>("study"),
	/**
	 * Answers the run's number at once; the updates follow through the channel. A window that has gone
	 * cannot be told, and the run does not mind.
	 */
	startRun: (onUpdate: Channel<RunUpdate>) => __TAURI_INVOKE<number>("start_run", { onUpdate }),
	cancelRun: (run: number) => __TAURI_INVOKE<null>("cancel_run", { run }),
	saveFigure: (figure: string, path: string) => __TAURI_INVOKE<null>("save_figure", { figure, path }),
	numbers: () => __TAURI_INVOKE<NumberView[]>("numbers"),
	disagree: (path: string, theirs: number, who: string) => __TAURI_INVOKE<StudyView>("disagree", { path, theirs, who }),
	startWeighing: (path: string, theirs: number, who: string, tell: Channel<TaskUpdate<WeighedView>>) => __TAURI_INVOKE<number>("start_weighing", { path, theirs, who, tell }),
	editStructure: (edit: Edit) => __TAURI_INVOKE<StudyView>("edit_structure", { edit }),
	placeWeeks: (node: string) => __TAURI_INVOKE<Figure | null>("place_weeks", { node }),
	describe: (answers: Answers, onUpdate: Channel<TaskUpdate<DescribedView>>) => __TAURI_INVOKE<number>("describe", { answers, onUpdate }),
	openMade: (text: string) => __TAURI_INVOKE<StudyView>("open_made", { text }),
	questions: () => __TAURI_INVOKE<QuestionView[]>("questions"),
	assess: (answers: AnswerView[]) => __TAURI_INVOKE<AssessedView>("assess", { answers }),
	advice: () => __TAURI_INVOKE<AdviceView[]>("advice"),
	takeAdvice: (id: string) => __TAURI_INVOKE<StudyView>("take_advice", { id }),
	setSteps: (label: string, steps: StepView[]) => __TAURI_INVOKE<StudyView>("set_steps", { label, steps }),
	ignored: () => __TAURI_INVOKE<IgnoredView>("ignored"),
	startReplay: (choice: YearChoice, tell: Channel<TaskUpdate<ReplayView>>) => __TAURI_INVOKE<number>("start_replay", { choice, tell }),
	cancelTask: (task: number) => __TAURI_INVOKE<null>("cancel_task", { task }),
	compare: (whatIfs: string[], onUpdate: Channel<TaskUpdate<CompareView>>) => __TAURI_INVOKE<number>("compare", { whatIfs, onUpdate }),
	paths: (whatIfs: string[], onUpdate: Channel<TaskUpdate<PathsView>>) => __TAURI_INVOKE<number>("paths", { whatIfs, onUpdate }),
	why: (onUpdate: Channel<TaskUpdate<WhyView>>) => __TAURI_INVOKE<number>("why", { onUpdate }),
	rank: (onUpdate: Channel<TaskUpdate<RankView>>) => __TAURI_INVOKE<number>("rank", { onUpdate }),
	combine: (whatIfs: string[], budget: number | null, onUpdate: Channel<TaskUpdate<CombineView>>) => __TAURI_INVOKE<number>("combine", { whatIfs, budget, onUpdate }),
	flip: (whatIf: string, by: WhyId, onUpdate: Channel<TaskUpdate<FlipView>>) => __TAURI_INVOKE<number>("flip", { whatIf, by, onUpdate }),
	makeWhatIf: (proposal: Proposal) => __TAURI_INVOKE<StudyView>("make_what_if", { proposal }),
	adopt: (whatIf: string) => __TAURI_INVOKE<StudyView>("adopt", { whatIf }),
};

/* Types */
/** Where the numbers of a sentence can be seen. */
export type About = {
	/** The view. */
	view: View,
	/** The chart or table in it: a figure's id, or the key of the results that it shows. */
	chart: string,
	/** What in it: the id of a team, gate, suspect or what-if, or the path of a number; `None` for all of it. */
	subject: string | null,
};

/** A part of the mean lead time. */
export type AccountView = {
	/** As in the chart of where the time goes. */
	id: string,
	/** "board". */
	label: string,
	/** In the unit of lead time. */
	value: number,
	/** It is work, and no wait. */
	work: boolean,
};

/** One piece of advice. */
export type AdviceView = {
	/** Names the rule, and what it is about where there can be several: `embedded/change-approval`. */
	id: string,
	/** What holds, in a sentence. */
	finding: string,
	/** Why that matters. */
	reason: string,
	/** What to do about it where no single change does. */
	wayOut: string | null,
	/** Name of the what-if that answers it. */
	fix: string | null,
};

/** An answer to a question; a question without one is not known and counts as in between. */
export type AnswerView = {
	/** The question's id. */
	question: string,
	/** Which of its answers, from 0. */
	answer: number,
};

/** The six numbers, as far as they are known, and what the mirror was told since. */
export type Answers = {
	/** Head-count of all who take part in delivering. */
	people: number | null,
	/** Changes delivered to users in a month of 52/12 weeks. */
	changesPerMonth: number | null,
	/** Days of 24 hours from request to users that half of the changes need at most. */
	usualDays: number | null,
	/** Days that 85 of 100 changes need at most. */
	badDays: number | null,
	/** How often is released. */
	rhythm: Rhythm | null,
	/** Incidents that users notice, a month. */
	incidentsPerMonth: number | null,
	/** There is always more to do than can be done. */
	endless: boolean | null,
	/** Where most of the waiting is, if somebody said. */
	waitsAt: Place | null,
	/** Real times as a multiple of those above: the mirror was told "too fast" (above 1) or "too slow". */
	pace: number | null,
};

/** Changes that reached users in the year. */
export type ArrivalColumns = {
	/** Which item. */
	item: number[],
	/** When. */
	second: number[],
	/** Lead time, hours. */
	hours: number[],
};

/** What a value may be. */
export type AskedView =
/** A number in a base unit: "hours", "person-hours", "share" or none. */
{ kind: "number";
/** Base unit. */
unit: string;
/** Lowest. */
min: number;
/** Highest. */
max: number;
/** Whole numbers only. */
whole: boolean;
/** It is a moment after a Monday, 00:00. */
moment: boolean } |
/** A quantity that varies: asked as the usual and the bad case. */
{ kind: "distribution";
/** Base unit, as above. */
unit: string } |
/** One of some words or names. */
{ kind: "choice";
/** All of them. */
options: string[] } |
/** Some of some words or names. */
{ kind: "choices";
/** All of them. */
options: string[] } |
/** Yes or no. */
{ kind: "flag" } |
/** A text. */
{ kind: "text" } |
/** Numbers in a base unit, each between two ends. */
{ kind: "list";
/** Base unit, as above. */
unit: string;
/** Lowest. */
min: number;
/** Highest. */
max: number;
/** They are moments after a Monday, 00:00. */
moments: boolean };

/** A baseline made of answers. */
export type AssessedView = {
	/** The study, TOML. */
	text: string,
	/** First what-ifs, which are in it. */
	proposals: ProposalView[],
	/** Which answer set which number. */
	set: SetByView[],
};

/** Counts for the footer: "Assumed: 31 of 44 numbers". */
export type Assumed = {
	/** Numbers without a source other than "assumption". */
	assumed: number,
	/** All numbers. */
	total: number,
};

/** A linear axis with round ticks. */
export type Axis = {
	/** What is measured, with its unit in words: "days from request to production". */
	label: string,
	/** Left or lower end. */
	min: number,
	/** Right or upper end; greater than `min`. */
	max: number,
	/** Where gridlines stand, ascending, inside `min..=max`. */
	ticks: Tick[],
};

/** What makes a value differ from the baseline's. */
export type ChangedBy =
/** A change of the shown what-if: it can be reset. */
{ kind: "own" } |
/** A lever of the shown what-if. */
{ kind: "lever";
/** The lever. */
id: string;
/** Its label. */
label: string } |
/** A what-if that the shown one includes. */
{ kind: "included";
/** Its id. */
id: string;
/** Its name. */
name: string };

/** A colleague's copy beside the open study. */
export type ColleagueView = {
	/** The file. */
	path: string,
	/** The study's name there. */
	name: string,
	/** Values of the baseline that differ, or are in one of the two only: what-ifs act on this study's own. */
	baselineDiffers: number,
	/** Its what-ifs. */
	whatIfs: TheirsView[],
};

/** Colours of the window. */
export type Colours = "light" | "dark";

/** One what-if. */
export type ColumnView = {
	/** Its id. */
	id: string,
	/** The verdict in a sentence. */
	sentence: string,
	/** How sure, and at what price. */
	support: string,
	/** What the verdict amounts to. */
	tone: Tone,
	/** What else is to be said of it. */
	sentences: Sentence[],
	/** "85 of 100 within" ("69"), in the comparison's unit. */
	within: string,
	/** Less the baseline's ("−17"). */
	difference: string,
	/** Whether that is for the better; `None` when it cannot be told or is too small to matter. */
	better: boolean | null,
	/**
	 * Fifty years, each with and without the change under the same luck: difference of the time within
	 * which 85 of 100 arrive, in the unit, lowest first.
	 */
	years: number[],
	/** How sure that is, in the fixed words ("usually", "cannot tell"). */
	yearsInWords: string,
	/** Delivered, incidents, harm, objectives. */
	rows: RowView[],
	/**
	 * What surely gets worse by more than the smallest difference worth having, as "from → to". Empty:
	 * nothing was found.
	 */
	worse: string[],
	/** Person-weeks in all. */
	personWeeks: number,
	/** Whose they are. */
	cost: CostView[],
	/**
	 * Where the difference comes from, in parts of the mean lead time ("board −6.1 days"), each with that
	 * sign in at least 45 of 50 years.
	 */
	why: string[],
	/** What to know before believing a figure. */
	warnings: string[],
	/** Intervals, warm-up, replications: the details behind the verdict. */
	statistics: FactView[],
};

/** One combination. */
export type CombinationView = {
	/** What-ifs in it, by id; none: as it is. */
	whatIfs: string[],
	/** Their names. */
	names: string[],
	/** Price of all of them. */
	personWeeks: number,
	/** "85 of 100 within", in the unit; `None` where nothing arrives or work keeps growing. */
	within: number | null,
	/** Customer incidents a month. */
	incidents: number | null,
	/** The same per 100 changes. */
	incidentsPer100: number | null,
	/** Delivered a month. */
	delivered: number | null,
	/** How it compares. */
	place: PlaceView,
	/** On the front, and surely so. */
	sure: boolean,
	/** A cheaper one that comes within the smallest difference worth having: its place in the list. */
	hardlyBetterThan: number | null,
	/** As a what-if; none for "as it is", and for one that exists by itself. */
	proposal: Proposal | null,
};

/** The combinations that were tried. */
export type CombineView = {
	/** Years of those that are close. */
	years: number,
	/** Years in the end. */
	target: number,
	/** Lead times are in ("days"). */
	unit: string,
	/** What was found. */
	sentence: string,
	/** What it takes to keep the study's first promise. */
	promise: Sentence | null,
	/** All that were compared, the cheapest first. */
	combinations: CombinationView[],
	/** How many were dearer than the budget. */
	overBudget: number,
	/** What cannot be combined, and why. */
	refused: string[],
};

/** What-ifs beside the baseline. */
export type CompareView = {
	/** Years of each. */
	years: number,
	/** Years in the end. */
	target: number,
	/** Weeks before counting starts, the same for all. */
	warmUpWeeks: number,
	/** "85 of 100 within", in the baseline ("86"). */
	within: string,
	/** What `within` and the differences are in ("days"). */
	unit: string,
	/** The baseline's numbers, row by row as in the columns. */
	baseline: RowView[],
	/** The what-ifs, in the order asked for. */
	columns: ColumnView[],
	/** What to know of the baseline before believing a figure. */
	warnings: string[],
};

/** Person-weeks of one team. */
export type CostView = {
	/** The team's name, or "all teams". */
	whose: string,
	/** How many. */
	personWeeks: number,
};

/** A study made from answers, and what it looks like from outside. */
export type DescribedView = {
	/** The study, TOML. */
	text: string,
	/** "You said about 6 weeks; this runs 5.2 to 6.9." */
	times: string,
	/** "Most of the waiting: the change board (9 of 41 days)."; empty where nothing waits. */
	waiting: string,
	/** Places where waiting could be put instead, the present one left out. */
	elsewhere: Place[],
	/** Teams asked for more than they have, and other things to know. */
	warnings: string[],
	/** What could not be matched, and why. */
	unmatched: string[],
	/** Each answer beside what the study says. */
	figures: ReflectionView[],
	/** Which answer set which number. */
	set: SetByView[],
};

/** What runs along an edge. */
export type EdgeKind =
/** Work moving on. */
"flow" |
/** Work sent back. */
"rework" |
/** A request for the platform. */
"ticket" |
/** An incident that calls people. */
"incident";

/** An arrow of the map. */
export type EdgeView = {
	/** Node it leaves. */
	from: string,
	/** Node it enters. */
	to: string,
	/** What runs along it. */
	kind: EdgeKind,
	/** Short label ("15%", "handoff 1 day"), or empty. */
	label: string,
};

/** One edit. Nodes are named by their ids on the map, teams as `team/ID`, value streams as `stream/ID`. */
export type Edit =
/** A new stage before or after a node; its team is that of the stage beside it. */
{ kind: "insertStage";
/** The node beside it. */
beside: string;
/** Behind that node, otherwise before it. */
after: boolean;
/** Shown name. */
name: string } |
/** A new gate before or after a node. */
{ kind: "insertGate";
/** The node beside it. */
beside: string;
/** Behind that node, otherwise before it. */
after: boolean;
/** Shown name. */
name: string;
/** What it is. */
form: GateForm } |
/** Another team works a stage, a review by hand, or tickets. */
{ kind: "assign";
/** The node. */
node: string;
/** The team's id. */
team: string } |
/** One place earlier or later on its way. */
{ kind: "shift";
/** The node. */
node: string;
/** Later, otherwise earlier. */
later: boolean } |
/** A stage before another one of its stream, or at the end. */
{ kind: "move";
/** The node. */
node: string;
/** The stage it goes before; at the end if absent. */
before: string | null } |
/** Another shown name. */
{ kind: "rename";
/** The node, team or value stream. */
node: string;
/** The name. */
name: string } |
/** Changes of the stream commit at this stage. */
{ kind: "commit";
/** The node. */
node: string } |
/** Take a stage, a gate or a team away. */
{ kind: "remove";
/** The node or team. */
node: string;
/** The team that takes over the work of a team that goes. */
heir: string | null;
/** What-ifs that change it forget that they do. */
everywhere: boolean } |
/** A new team. */
{ kind: "addTeam";
/** Shown name. */
name: string };

/** A labelled text. */
export type FactView = {
	/** What. */
	label: string,
	/** Its value. */
	text: string,
};

/** One fault of a study file. */
export type FaultView = {
	/** Line in the file, from 1, if known. */
	line: number | null,
	/** Path in the study (`teams.infrastructure.people`). */
	path: string,
	/** What is wrong and what was expected. */
	message: string,
	/** Way out ("did you mean `blue-green`?"). */
	hint: string | null,
};

/**
 * One chart: a sentence for a title, axes, series, notes. Drawn by the window from this value and
 * by [`crate::draw`] into files.
 */
export type Figure = {
	/** Stable name: `lead-time`, `incidents`, `where-time-goes`, `utilisation`, `wip`. */
	id: string,
	/** The finding, as a sentence. */
	title: string,
	/** What is drawn and how to read it ("each dot is 2 of 100 changes"). */
	subtitle: string,
	/** The horizontal axis. */
	x: Axis,
	/** The vertical axis; `None` where the height carries no number (dot plots, single bars). */
	y: Axis | null,
	/** What is drawn, baseline first; all with one kind of marks. */
	series: Series[],
	/** The footer: study, seed, version, replications, assumptions. */
	notes: string[],
};

/** One variant's year. */
export type FilmView = {
	/** The what-if's id; `None` for the baseline. */
	whatIf: string | null,
	/** Shown name. */
	name: string,
	/** Where it plays; nodes are meant by their index in it. */
	map: MapView,
	/** So much happened that nothing is known from this second on. */
	cut: number | null,
	/** What moves. */
	items: ItemColumns,
	/** Changes that reached users, in order. */
	arrivals: ArrivalColumns,
	/** Who is there. */
	teams: TeamFilmView[],
	/** Incidents that were going on in the year, in order. */
	incidents: IncidentView[],
	/** Rollouts that exposed somebody to something in the year. */
	rollouts: RolloutView[],
};

/** What turns a choice around. */
export type FlipView = {
	/** The what-if that is chosen or not. */
	whatIf: string,
	/** Its name. */
	name: string,
	/** The figure that decides. */
	by: WhyId,
	/** Years behind every difference. */
	years: number,
	/** "Canary is better by 17 days", or that it cannot be told. */
	choice: string,
	/** Whether the choice can be told at all: nothing turns around what cannot. */
	told: boolean,
	/** "The choice changes only if …", or that nothing turns it; `None` where nothing can be said yet. */
	sentence: Sentence | null,
	/** Numbers tried so far. */
	tried: number,
	/** Numbers that turn it around, the nearest first. */
	turns: TurnView[],
	/** Numbers over all of whose values it stands. */
	stands: StandView[],
	/** Numbers that could be moved neither way. */
	unmoved: string[],
};

/** What a gate is. */
export type GateForm =
/** A tool in the pipeline. */
"automated" |
/** A review by people. */
"manual" |
/** A meeting. */
"board";

/** What a value is, in base units; and what `setParameter` takes. */
export type GivenView =
/** Nothing is said and nothing assumed; sets it back to that. */
{ kind: "nothing" } |
/** A number. */
{ kind: "number";
/** The number. */
value: number } |
/** Believed to lie between two ends. */
{ kind: "range";
/** Lowest thought possible. */
low: number;
/** Most likely. */
likely: number;
/** Highest thought possible. */
high: number } |
/** A quantity that varies. */
{ kind: "spread";
/** Family as the file names it ("lognormal"). */
family: string;
/** Half are at most this. */
usual: number;
/** So many of 100 are at most `bad`: 85, or 95. */
of: number;
/** The bad case. */
bad: number } |
/** A word, a name or a text. */
{ kind: "text";
/** The text. */
value: string } |
/** Words or names. */
{ kind: "texts";
/** The texts. */
values: string[] } |
/** Numbers. */
{ kind: "list";
/** The numbers. */
values: number[] } |
/** Yes or no. */
{ kind: "flag";
/** Which. */
value: boolean } |
/** As the file writes it. */
{ kind: "written";
/** TOML in one line. */
text: string };

/** One thing that is left out. */
export type IgnoredPoint = {
	/** In a few words. */
	what: string,
	/** In a sentence or two. */
	why: string,
};

/** Points under a heading. */
export type IgnoredSection = {
	/** Heading. */
	title: string,
	/** Its points. */
	points: IgnoredPoint[],
};

/** What results leave out. */
export type IgnoredView = {
	/** Before all else. */
	lead: string,
	/** Of the model, whatever the study. */
	sections: IgnoredSection[],
	/** Of this study: what the model could do and the study does not use, and what it assumes. */
	study: IgnoredPoint[],
};

/** Something went wrong. */
export type IncidentView = {
	/** In whose production. */
	stream: string,
	/** The rollout's own check noticed: not a customer incident. */
	stoppedItself: boolean,
	/** Users met it. */
	showed: number,
	/** People dropped what they did. */
	called: number | null,
	/** It was over, and they were back; `None`: not within the year. */
	recovered: number | null,
	/** Whose people, if anybody was called. */
	team: string | null,
	/** How many. */
	people: number,
};

/**
 * Everything that is on the map at some time, as columns. Item `i` has the entries `first[i]` to
 * `first[i + 1]` of `second`, `doing` and `node`; each holds until the next.
 */
export type ItemColumns = {
	/** What each is: as in [`ItemKind`]. */
	kind: number[],
	/** Where each one's entries begin; one more at the end. */
	first: number[],
	/** Since when; the first entry of an item may be before the year. */
	second: number[],
	/** What it does: as in [`Doing`]. */
	doing: number[],
	/** At which node of the map. */
	node: number[],
};

/** A team's lane. */
export type LaneView = {
	/** The team's id, or `production`. */
	id: string,
	/** Shown name. */
	name: string,
	/** "5 people, front end". */
	detail: string,
	/** Differs from the baseline. */
	changed: boolean,
};

/** A lever and where it goes. */
export type LeverMove = {
	/** Its id: `release-rhythm`, `people/app`. */
	lever: string,
	/** Index of the position, or the number. */
	position: number,
};

/** A named position. */
export type LeverOption = {
	/** Shown name. */
	label: string,
	/** What it means in numbers, if that can be said ("stops 62 of 100 faulty, 9 of 100 sound"). */
	detail: string | null,
	/** Why it cannot be taken now, if so ("Needs alerts (you have dashboards)"). */
	refused: string | null,
	/** What `raiseLever` would move as well, where that makes it possible ("How we notice trouble: alerts"). */
	wayOut: string | null,
};

/** What positions a lever has. */
export type LeverScale =
/** Named positions; a position is its index. */
{ kind: "options";
/** Left to right. */
options: LeverOption[] } |
/** A number. */
{ kind: "number";
/** Lowest. */
min: number;
/** Highest. */
max: number;
/** Smallest move. */
step: number;
/** Unit in words ("people", "%"). */
unit: string };

/** One step of one lever. */
export type LeverStep = {
	/** The lever's id. */
	lever: string,
	/** Its name. */
	label: string,
	/** Where it stands. */
	from: string,
	/** Where it goes. */
	to: string,
	/** With the step less without, in the unit; less is better. */
	value: number,
	/** Lower end of the 95% interval. */
	low: number,
	/** Upper end. */
	high: number,
	/** How sure, in the fixed words. */
	word: string,
	/** For the better; `None` when it cannot be told. */
	better: boolean | null,
	/** What keeps the figure from being misread ("delivers 12 a month, not 13"), where that changes. */
	beside: string | null,
	/**
	 * Where work in progress keeps growing with this step, so that there is no settled figure: by how many
	 * items a week.
	 */
	growsAWeek: number | null,
	/** Price of the move. */
	personWeeks: number,
	/** The step as a what-if. */
	proposal: Proposal,
};

/** One lever in its present position. */
export type LeverView = {
	/** Stable name, with its subject where it has one: `people/infrastructure`. */
	id: string,
	/** Shown name ("People in Infrastructure"). */
	label: string,
	/** One sentence shown on hover. */
	help: string,
	/** Where its numbers come from ("assumption", or a source). */
	source: string,
	/** What it costs and when it acts ("6 person-weeks, in place after 8 weeks"), if anything. */
	price: string | null,
	/** Its effect shows in a settled year; else only quarter by quarter. */
	settled: boolean,
	/** Positions or a range. */
	scale: LeverScale,
	/**
	 * The baseline's position: an index into the options, or a number; `None`: "as today", no
	 * position fits.
	 */
	baseline: number | null,
	/** The active variant's position, in the same form. */
	current: number | null,
	/** The value in words ("monthly", "+2", "70%"). */
	value: string,
	/** The active variant differs from the baseline here. */
	changed: boolean,
};

/** The value stream drawn over its teams. */
export type MapView = {
	/** The value streams, in the study's order. */
	streams: StreamView[],
	/**
	 * One lane a team, in the order work first meets them, then those it never meets; the last lane,
	 * `production`, holds release and production.
	 */
	lanes: LaneView[],
	/** What stands in the lanes. */
	nodes: NodeView[],
	/** What runs between nodes. */
	edges: EdgeView[],
};

/** A labelled value on the x axis. */
export type Mark = {
	/** Position. */
	at: number,
	/** Printed text: "85 of 100 within 41 days". */
	label: string,
};

/** How a series is drawn. */
export type Marks =
/**
 * A quantile dot plot: fifty values in axis units, ascending, stacked where they fall in one
 * column; `mark` is the headline value to label (the 85th percentile), if any.
 */
{ kind: "dots";
/** Quantiles at (i + ½)/50. */
values: number[];
/** The headline value. */
mark: Mark | null } |
/** One horizontal bar cut into parts that add up. */
{ kind: "stack";
/** Left to right. */
parts: Part[] } |
/** One bar for each label, sharing the labels across series. */
{ kind: "bars";
/** Top to bottom. */
bars: Part[] } |
/** A line through points in axis units, x ascending. */
{ kind: "line";
/** The points. */
points: Point[] };

/** How much moves. */
export type Motion = "full" | "reduced";

/** A what-if by id and name. */
export type Named = {
	/** Its id. */
	id: string,
	/** Its name. */
	name: string,
};

/** What a node stands for. */
export type NodeKind =
/** Where requests come from. */
"demand" |
/** Work by a team. */
"stage" |
/** A governance gate (drawn as a diamond). */
"gate" |
/** Requests to a platform team, worked as tickets. */
"tickets" |
/** Release policy and coordination. */
"release" |
/** A deployment strategy on its way to users. */
"deployment" |
/** Users. */
"production";

/** Numbers on a node of the map, for the active variant. */
export type NodeNumbers = {
	/** The node. */
	id: string,
	/** Share of the mean lead time spent here, waiting and working, 0 to 1. */
	share: number,
	/**
	 * Items that wait here on average: those that came times how long each waited (Little's law);
	 * `None` where nothing is known of it.
	 */
	queue: number | null,
	/** "waits 9 d". */
	text: string,
	/** Difference from the baseline in hours of mean lead time spent here; `None` on the baseline. */
	differenceHours: number | null,
	/** For a lane's team: utilisation, 0 to 1 and above. */
	utilisation: number | null,
};

/** A box or diamond of the map. */
export type NodeView = {
	/** Stable name, shared between variants: `stage/release/development`. */
	id: string,
	/** What it stands for. */
	kind: NodeKind,
	/** Shown name. */
	name: string,
	/** Its lane. */
	lane: string,
	/** The value stream it belongs to; none for tickets, which several may share. */
	stream: string | null,
	/** Where in the study it is described: its parameters are below this path. */
	path: string,
	/**
	 * How far along its stream it stands, from 0: every stream begins at 0, and ways beside each other
	 * share columns.
	 */
	column: number,
	/** One line of facts ("stops 62 of 100 faulty, 9 of 100 sound"). */
	detail: string,
	/** Differs from the baseline, or is not in it. */
	changed: boolean,
};

/** A number of the study. */
export type NumberView = {
	/** Where it is. */
	path: string,
	/** What it is of ("App team"), from the outside in; may be empty. */
	subject: string,
	/** Shown name. */
	label: string,
	/** One sentence. */
	help: string,
	/** Base unit: `share`, `hours`, `person-hours`, or empty. */
	unit: string,
	/** Its value, or the likely one, in the base unit. */
	value: number,
	/** In words ("35%"). */
	text: string,
	/** What is believed of it, in words ("20% to 60%"), where it has a range. */
	range: string | null,
	/** Where it comes from. */
	source: string,
	/** Without a source of its own. */
	assumed: boolean,
};

/** Something to make a what-if of. */
export type Offer = {
	/** The what-if. */
	proposal: Proposal,
	/** Nobody can simply do it: it is what something else would have to bring about. */
	wish: boolean,
	/** Person-weeks of the levers it moves; 0 where it has no price. */
	personWeeks: number,
};

/** What another value does to a choice. */
export type Outcome =
/** The same is better at both values. */
"holds" |
/** What is better at one is worse at the other. */
"flips" |
/** At one of the two values it cannot be told from luck. */
"cannotTell";

/** Two suspects together. */
export type PairView = {
	/** What is ideal. */
	names: string[],
	/** What each saves on its own. */
	apart: number[],
	/** What both save. */
	together: number,
	/** One hides the other; else they save, in part, the same. */
	hides: boolean,
};

/** One value of the model, as it stands in the shown variant. */
export type ParameterView = {
	/** Its stable name: what `setParameter` takes. */
	path: string,
	/** The section it belongs to, in words ("Value stream"). */
	section: string,
	/** What it is a value of, from the outside in ("Release › Testing"); empty for the whole section. */
	subject: string,
	/** Short label. */
	label: string,
	/** What it means, in a sentence. */
	help: string,
	/** What may be asked for. */
	asked: AskedView,
	/** What it is in the shown variant. */
	value: GivenView,
	/** The same in words ("usually 15 hours, 85 of 100 within 35"). */
	text: string,
	/** What it is in the baseline; `None` where the baseline has no such place. */
	baseline: GivenView | null,
	/** The same in words. */
	baselineText: string | null,
	/** Where the value comes from: "assumption", "default", or a source. */
	source: string,
	/** What made it differ from the baseline, if it does. */
	changed: ChangedBy | null,
	/** All variants share it, or it names what it belongs to: it is only ever changed in the baseline. */
	shared: boolean,
	/** It may be left open. */
	optional: boolean,
};

/** A labelled length. */
export type Part = {
	/** Stable name, shared between series ("waiting-board"). */
	id: string,
	/** Direct label ("board"). */
	label: string,
	/** Length in axis units. */
	value: number,
};

/** A part of the organisation. */
export type PartBlame = {
	/** Which. */
	id: PartId,
	/** Shown name ("The pipeline"). */
	name: string,
	/** Only this part is ideal. */
	onItsOwn: Saving | null,
	/** All else is ideal already. */
	atTheEnd: Saving | null,
	/** Its place, from 1; those that cannot be told apart share one. */
	place: number,
};

/** One of the seven connected parts. */
export type PartId = "outcome" | "valueStream" | "teams" | "platform" | "pipeline" | "governance" | "improvement";

/** A part with its levers. */
export type PartView = {
	/** Which. */
	id: PartId,
	/** Shown name ("Value stream"). */
	name: string,
	/** The question it answers ("what path does work take from idea to user?"). */
	question: string,
	/** Its levers, in order. */
	levers: LeverView[],
};

/** One what-if. */
export type PathView = {
	/** Its id. */
	id: string,
	/** From the first quarter on; none where the what-if cannot be played quarter by quarter. */
	quarters: QuarterView[],
	/** How it goes. */
	sentences: Sentence[],
	/** "level again in week 9, half the gain by week 16", or as much as the quarters tell. */
	dip: string,
	/** That requests take longer for some time, if they do: it belongs to what gets worse. */
	worseFirst: string | null,
	/** "The time people put into it is won back in the second quarter.", if it takes any. */
	payBack: string | null,
	/** Why it cannot be played, if so. */
	refused: string | null,
};

/** What-ifs quarter by quarter. */
export type PathsView = {
	/** Years of each. */
	years: number,
	/** What times are in ("days"). */
	unit: string,
	/** The longest time that any quarter's range reaches, in the unit: for an axis that all share. */
	most: number,
	/** In the order asked for. */
	paths: PathView[],
};

/** Where changes can wait. */
export type Place =
/** The meeting that approves. */
"board" |
/** Those who provide environments and infrastructure. */
"infrastructure" |
/** Those who build. */
"development" |
/** Those who test. */
"testing" |
/** The next release. */
"release" |
/** From one team to the next. */
"handoffs";

/** How a combination compares with the others. */
export type PlaceView =
/** Nothing no dearer is as good in both figures. */
"front" |
/** Something is, but not surely. */
"close" |
/** Something surely is. */
"beaten";

/** A point in axis units. */
export type Point = {
	/** Horizontal. */
	x: number,
	/** Vertical. */
	y: number,
};

/** A what-if to be made. */
export type Proposal = {
	/** Its name. */
	name: string,
	/** What-ifs it includes, by id. */
	includes: string[],
	/** Levers it moves. */
	levers: LeverMove[],
	/** Values it sets beside them. */
	settings: Setting[],
	/** Numbers it multiplies. */
	scalings: Scaling[],
};

/** A what-if that is proposed. */
export type ProposalView = {
	/** Its name. */
	name: string,
	/** The answer behind it. */
	because: string,
};

/** A quarter: the time within which 85 of 100 requests of that quarter arrive, in the unit. */
export type QuarterView = {
	/** From 1. */
	quarter: number,
	/** Without the change. */
	baseline: number,
	/** In 8 of 10 years, from here. */
	baselineLow: number,
	/** To here. */
	baselineHigh: number,
	/** With the change. */
	whatIf: number,
	/** In 8 of 10 years, from here. */
	whatIfLow: number,
	/** To here. */
	whatIfHigh: number,
};

/** One question. */
export type QuestionView = {
	/** Names it. */
	id: string,
	/** As it is asked. */
	text: string,
	/** Its answers, from what holds an organisation back to what carries it. */
	answers: string[],
};

/** The ranking by one figure. */
export type RankFigure = {
	/** `leadTime` or `incidents`. */
	id: WhyId,
	/** What was found. */
	sentence: string,
	/** As it is, in the unit. */
	value: number,
	/** "days", or "incidents a month". */
	unit: string,
	/**
	 * Steps that matter: those that help, those of which it cannot be told, those that do harm; the largest
	 * first of each.
	 */
	steps: LeverStep[],
	/** Steps with which work keeps growing: no figure of them is settled. */
	growing: LeverStep[],
	/** Steps that are too small to matter, in words. */
	small: string[],
};

/** Every lever by one step. */
export type RankView = {
	/** The variant from which the steps go: a what-if's id; `None` for the baseline. */
	variant: string | null,
	/** Its name. */
	name: string,
	/** Years of each step. */
	years: number,
	/** Years in the end. */
	target: number,
	/** By lead time, then by incidents. */
	figures: RankFigure[],
	/** Steps that make no study, with why. */
	refused: RefusedStep[],
};

/** A study file that was open before. */
export type RecentView = {
	/** The file. */
	path: string,
	/** The study's name when it was last open. */
	name: string,
	/** When that was, in seconds of Unix time. */
	opened: number,
	/** The file is still there. */
	there?: boolean,
};

/** A study whose changes were not saved when the program ended. */
export type RecoveredView = {
	/** Name to open it by. */
	id: string,
	/** The study's name. */
	name: string,
	/** The file it was opened from or saved to, if any. */
	path: string | null,
	/** When it was last changed, in seconds of Unix time. */
	changed: number,
	/** The file was written after that: opening this does not go back to it. */
	fileIsNewer: boolean,
	/** What of it was on screen. */
	shown?: Shown,
};

/** A figure as it was stated beside what the study says. */
export type ReflectionView = {
	/** What it is. */
	label: string,
	/** As stated; `None`: not known, taken as `taken` says. */
	said: string | null,
	/** What was taken where nothing was stated. */
	taken: string | null,
	/** As the study has it. */
	runs: string,
	/** They are as near as two significant digits can tell. */
	matched: boolean,
};

/** Why something was refused. Faces act on `code`, never on text. */
export type Refusal = {
	/** Stable code. */
	code: RefusalCode,
	/** What happened, in a sentence, and the way out. */
	message: string,
	/** Every fault of the file, for `InvalidStudy`. */
	faults: FaultView[],
};

/** What a face may act on. */
export type RefusalCode =
/** The file could not be read. */
"cannotRead" |
/** The file could not be written; the old one is intact. */
"cannotWrite" |
/** The file is not a valid study; the open one is untouched. */
"invalidStudy" |
/** No study, what-if, lever, figure of that name. */
"notFound" |
/** The lever's position is impossible in this organisation. */
"impossiblePosition" |
/** The edit of the structure is impossible; the message says why and names a way out. */
"impossibleEdit" |
/** What is to go still has work: ask who takes it over. */
"needsHeir" |
/** What-ifs build on what is to go: ask whether they forget it. */
"namedElsewhere" |
/** The study has no file yet: ask for one and call save as. */
"needsPath" |
/** There is no result yet to draw. */
"noResult" |
/** What was stated contradicts itself: every contradiction is among the faults, with its way out. */
"contradiction" |
/** A fault in the program itself. */
"unexpected";

/** A step that is no study. */
export type RefusedStep = {
	/** "How a release reaches users: rolling". */
	step: string,
	/** Why not. */
	why: string,
};

/** One year of the baseline and of the what-if, with the same luck. */
export type ReplayView = {
	/** Which year of the run, from 1. */
	year: number,
	/** How it was asked for. */
	choice: YearChoice,
	/** How many years a typical, good or bad one was looked for in. */
	lookedAt: number,
	/** Its length. All times are seconds since its start. */
	seconds: number,
	/** The baseline, then the shown what-if, if one is shown. */
	films: FilmView[],
};

/** How often is released. */
export type Rhythm =
/** Every 13 weeks. */
"quarterly" |
/** Every 4 weeks. */
"monthly" |
/** Every 2 weeks. */
"fortnightly" |
/** Every week. */
"weekly" |
/** As soon as something is finished. */
"whenReady";

/** Whose numbers a series shows; this alone decides its colour. */
export type Role =
/** The baseline: grey on every screen and page. */
"baseline" |
/** The what-if: the one accent. */
"whatIf";

/** A release on its way to users. */
export type RolloutView = {
	/** The deployment's node. */
	node: number,
	/** Deployment strategy. */
	strategy: string,
	/** Changes in it. */
	changes: number,
	/** When a share of users got it, in order; 0: it was taken back. */
	second: number[],
	/** The share from then on, 0 to 1. */
	share: number[],
};

/** One line of numbers, baseline beside what-if, formatted. */
export type RowView = {
	/** Stable name. */
	id: string,
	/** Shown name ("Delivered a month"). */
	label: string,
	/** The baseline's value. */
	baseline: string,
	/** The what-if's value; `None` while the baseline is shown. */
	whatIf: string | null,
	/** The reference band, with its year ("2019: medium"), if there is one. */
	band: string | null,
	/** Whether the change is for the better; `None` when it cannot be told or nothing is compared. */
	better: boolean | null,
};

/** One message of a run, at most ten a second, plus the first and the last. */
export type RunUpdate = {
	/** Which run; messages of an overtaken run are to be ignored. */
	run: number,
	/** Replications done: a contiguous prefix. */
	done: number,
	/** Replications asked for. */
	target: number,
	/** Nothing follows. */
	last: boolean,
	/** A look was reached: the verdict may be read; dots are drawn hollow until then. */
	settled: boolean,
	/** The verdict. */
	verdict: VerdictView,
	/** Every chart, ready to draw: `lead-time`, `incidents`, `where-time-goes`, `utilisation`, `wip`. */
	figures: Figure[],
	/** Numbers beside the charts: changes delivered, objectives, harm hours. */
	rows: RowView[],
	/** The five DORA metrics. */
	dora: RowView[],
	/** Numbers on the map's nodes. */
	nodes: NodeNumbers[],
	/**
	 * Teams asked for more than they have, and what else the reader must know ("Infrastructure is
	 * asked for 118% of its time: its queue grows by 3 changes a week").
	 */
	warnings: string[],
	/** What else holds of the shown variant, what matters most first; none before the first look. */
	sentences: Sentence[],
	/** Intervals, warm-up, replications: the details behind the verdict, as label and text. */
	statistics: FactView[],
};

/** A saving, in the figure's unit: positive saves, negative costs. */
export type Saving = {
	/** Best estimate. */
	value: number,
	/** Lower end; all intervals of a figure hold together at 95%. */
	low: number,
	/** Upper end. */
	high: number,
};

/** A number, or the size of a distribution, and what it is multiplied by. */
export type Scaling = {
	/** Where, as what-ifs write it. */
	path: string,
	/** The factor. */
	by: number,
};

/** Something that holds. */
export type Sentence = {
	/** What kind of sentence it is. */
	id: string,
	/** The sentence, which says how often it holds where it is not certain. */
	text: string,
	/** The same for where the name of what it is about stands beside it. */
	short: string,
	/** The what-if it is about; `None`: the organisation as it is. */
	of: string | null,
	/** Years of 50 in which it holds, under the same luck; `None` where it is about all years at once. */
	holds: number | null,
	/** It holds in nearly every year; where it is about all years at once, surely. */
	certain: boolean,
	/** Where its numbers can be seen, in their order; never empty. */
	about: About[],
};

/** One variant's part of a figure. */
export type Series = {
	/** Direct label ("Baseline", "No board"). */
	name: string,
	/** Colour. */
	role: Role,
	/** The marks. */
	marks: Marks,
};

/** One number of a study and the answer that set it. */
export type SetByView = {
	/** The answer, in words ("22 changes a month"). */
	answer: string,
	/** Path in the study. */
	path: string,
	/** What the number is, in words. */
	label: string,
	/** Its value, with its unit. */
	value: string,
};

/** A parameter and its new value. */
export type Setting = {
	/** Where, as what-ifs write it. */
	path: string,
	/** The value as TOML. */
	to: string,
};

/** What a person has set. */
export type Settings = {
	/** Colours; the system's where nothing is set. */
	theme?: Colours | null,
	/** Motion; the system's where nothing is set. */
	motion?: Motion | null,
	/** The tour was taken or skipped. */
	tourSeen?: boolean,
};

/** What of a study was on screen. */
export type Shown = {
	/** The id of the what-if; `None`: the baseline. */
	whatIf?: string | null,
	/** The view, by the name that the face gave it; empty where it gave none. */
	view?: string,
};

/** A number that is assumed. */
export type StandView = {
	/** Where it is in the study. */
	path: string,
	/** "Testing: work on a change". */
	label: string,
	/** Its value in the study. */
	likely: number,
	/** The same in words. */
	likelyText: string,
	/** Lowest value thought possible. */
	min: number,
	/** Highest. */
	max: number,
	/** Ends in words. */
	minText: string,
	/** Ends in words. */
	maxText: string,
};

/** One step of a presentation. */
export type StepView = {
	/** A view of the window, or one of its charts. */
	view: string,
	/** Of which what-if; `None`: of the baseline. */
	whatIf: string | null,
	/** Stands above it; if empty, the finding does. */
	title: string,
};

/** A value stream's name. */
export type StreamView = {
	/** Its id. */
	id: string,
	/** Shown name. */
	name: string,
};

/** Everything the window needs to draw the open study, apart from results. */
export type StudyView = {
	/** The study's name. */
	name: string,
	/** One or two sentences on what it describes. */
	description: string,
	/** The file it was opened from or saved to; `None` for an unsaved copy of a template. */
	path: string | null,
	/** Something changed since the last save. */
	dirty: boolean,
	/** Names the study's present text: results of another text are stale. */
	digest: string,
	/** Names its baseline: of another one, results of any variant are stale. */
	baselineDigest: string,
	/** What undo would take back ("Release rhythm"), if anything. */
	undo: string | null,
	/** What redo would bring back, if anything. */
	redo: string | null,
	/** The seed, as text: it does not fit a JavaScript number. */
	seed: string,
	/** Replications a full run makes. */
	replications: number,
	/** The what-if whose levers and map are shown; `None` for the baseline. */
	active: string | null,
	/** The what-ifs, in tab order. */
	whatIfs: WhatIfView[],
	/** The seven parts, in order, with the levers of the active variant. */
	parts: PartView[],
	/** The structure of the active variant. */
	map: MapView,
	/** How many of the study's numbers are assumed, and how many there are. */
	assumed: Assumed,
	/** What is shown to a room, in order. */
	steps: StepView[],
};

/** One thing made ideal. */
export type SuspectView = {
	/** Stable name. */
	id: string,
	/** Its part of the organisation. */
	part: PartId,
	/** What is ideal ("Releasing when ready"). */
	name: string,
	/** Only this is ideal. */
	onItsOwn: Saving | null,
	/** All else is ideal already. */
	atTheEnd: Saving | null,
	/** Its place, from 1; those that cannot be told apart share one. */
	place: number,
	/** Several share that place. */
	tied: boolean,
	/** The nearest thing that can be done about it, or wished for, if the study has one. */
	offer: Offer | null,
	/** The node of the map where it can be looked at, or `team/ID`. */
	onMap: string | null,
	/** The part of lead time that it is about, where it has no place. */
	account: string | null,
};

/** One message of a task: progress, then how it ended. */
export type TaskUpdate<T> =
/** On its way. */
{ kind: "progress";
/** Parts done. */
done: number;
/** Parts in all, as far as it is known. */
total: number } |
/** What was found so far; more follows. */
{ kind: "soFar";
/** What was found. */
result: T } |
/** Over, with what was found. */
{ kind: "done";
/** What was found. */
result: T } |
/** Over, and there is no result. */
{ kind: "failed";
/** Why. */
refusal: Refusal } |
/** Ended on request. */
{ kind: "cancelled" };

/** Person-weeks of a team. */
export type TeamCost = {
	/** The team's id. */
	team: string,
	/** Its name. */
	name: string,
	/** Person-weeks. */
	personWeeks: number,
};

/** A team's people. */
export type TeamFilmView = {
	/** The team, and its lane of the map. */
	id: string,
	/** There when the year begins, those at an incident included. */
	people: number,
	/** When somebody came or went. */
	second: number[],
	/** 1 more or 1 less then. */
	change: number[],
};

/** A shipped study on the start screen. */
export type TemplateView = {
	/** Name to open it by. */
	id: string,
	/** Shown name. */
	name: string,
	/** One sentence. */
	description: string,
	/** Its baseline drawn over its teams, for a thumbnail. */
	map: MapView,
	/** Days within which half of the changes arrive, as its figures have it. */
	usualDays: number | null,
	/** Days within which 85 of 100 arrive. */
	withinDays: number | null,
};

/** How a colleague's what-if stands to those here. */
export type TheirState =
/** There is none of that id here. */
"new" |
/** The one of that id says the same. */
"same" |
/** The one of that id says something else: theirs would come beside it. */
"differs";

/** A colleague's what-if. */
export type TheirsView = {
	/** Its id there. */
	id: string,
	/** Its name. */
	name: string,
	/** Who proposed it. */
	by: string | null,
	/** What it changes, as sentences. */
	changes: string[],
	/** How it stands to the what-ifs here. */
	state: TheirState,
	/** Why it cannot be added, if so. */
	refused: string | null,
};

/** One gridline of an [`Axis`]. */
export type Tick = {
	/** Position in axis units. */
	at: number,
	/** Printed text. */
	label: string,
};

/** What a verdict amounts to. */
export type Tone =
/** No what-if is shown: the sentence describes the baseline. */
"baseline" |
/** Not enough replications for a verdict yet. */
"early" |
/** Better on one headline and not worse on the other. */
"better" |
/** Worse on one and not better on the other. */
"worse" |
/** Better on one, worse on the other. */
"mixed" |
/** The difference cannot be told from luck. */
"cannotTell" |
/** Below the smallest difference worth having. */
"tooSmall";

/** A number that turns the choice around. */
export type TurnView = {
	/** Where the difference is 0. */
	at: number,
	/** The same in words. */
	atText: string,
	/** From where on the choice is another: "above 14 hours of work", "3 or fewer". */
	beyond: string,
	/** Lower end of what luck leaves open. */
	low: number,
	/** Upper end. */
	high: number,
	/** Beyond it the difference is surely of the other sign. */
	surely: boolean,
	/** How far it is on the way from the likely value to the end of its range, over 0 up to 1. */
	way: number,
} & StandView;

/** The verdict in fixed words. */
export type VerdictView = {
	/** "Changes arrive in 27 days, not 41; incidents stay the same." */
	sentence: string,
	/** "46 of 50 years better · 40 person-weeks · in place from week 9". */
	support: string,
	/** How to colour and announce it. */
	tone: Tone,
};

/** A view of a face, with the charts that sentences point to in it. */
export type View =
/**
 * Around the map: `utilisation` (of a team), `gates` (of a gate), `where-time-goes` (of a part of lead time,
 * or all of it), `delivered`, `incidents`, `harm`.
 */
"workbench" |
/**
 * What-ifs side by side, of a what-if: `lead-time`, `delivered`, `incidents`, `harm`; `objective` (of an
 * objective).
 */
"compare" |
/**
 * `where-time-goes` (of a part of lead time), `parts` (of a part of the organisation), and by suspect `lead-time`, `incidents`, `impact`;
 * `load` (`more`, `less`).
 */
"why" |
/** Of a what-if: `quarters`, `weeks`, `net`. */
"course" |
/** `combinations` (ids joined by ` + `). */
"combine" |
/** `flips` (the path of a number; the what-if where none turns it). */
"flip";

/** How the choice stands when a number is disputed. */
export type WeighedView = {
	/** The number. */
	path: string,
	/** Whether the choice survives the other value. */
	outcome: Outcome,
	/** What was found, in sentences, the outcome first. */
	sentences: string[],
	/** The value at which it turns around, in the base unit, if there is one. */
	flipsAt: number | null,
};

/** What is said of a what-if beside its changes, for a form. */
export type WhatIfDetails = {
	/** Shown name. */
	name: string,
	/** Who proposes it; empty for nobody. */
	by: string,
	/** Week in which it begins. */
	startWeek: number,
	/** Weeks from there to full effect; its levers may take longer. */
	fullEffectWeeks: number,
	/** Person-weeks it takes, by team. */
	cost: TeamCost[],
	/** What-ifs whose changes come first, by id. */
	includes: string[],
};

/** A form for a what-if: what it says, and what it may say. */
export type WhatIfForm = {
	/** Its id. */
	id: string,
	/** What it says, with a line for each team of the baseline. */
	details: WhatIfDetails,
	/** Person-weeks of the levers it moves. */
	leverPersonWeeks: number,
	/** Person-weeks in all, with what it includes. */
	personWeeks: number,
	/** What it may include: those that do not include it. */
	mayInclude: Named[],
};

/** One tab. */
export type WhatIfView = {
	/** Stable name. */
	id: string,
	/** Shown name. */
	name: string,
	/** Who proposed it. */
	by: string | null,
	/** What it changes, as sentences ("Release rhythm: monthly → when ready"). */
	changes: string[],
	/** Ids of what it includes. */
	includes: string[],
	/** Person-weeks in all. */
	personWeeks: number,
	/** Week in which it starts. */
	startWeek: number,
	/** Weeks from the start until full effect. */
	fullEffectWeeks: number,
	/** Names what it does and at what price: otherwise results of it are stale. */
	digest: string,
};

/** The blame for one figure. */
export type WhyFigure = {
	/** `leadTime` or `incidents`. */
	id: WhyId,
	/** As it is, in the unit. */
	value: number,
	/** "days", or "incidents a month". */
	unit: string,
	/** The answer in sentences. */
	sentences: Sentence[],
	/** The parts of the organisation, all of each made ideal, in their order. */
	parts: PartBlame[],
	/** The suspects that matter for this figure, what saves the most on its own first. */
	suspects: SuspectView[],
	/** Pairs that hide each other or save the same, the most striking first. */
	pairs: PairView[],
};

/** What is explained. */
export type WhyId =
/** The mean time from request to production. */
"leadTime" |
/** Customer incidents a month. */
"incidents";

/** Why a variant is as it is. */
export type WhyView = {
	/** The variant traced: a what-if's id; `None` for the baseline. */
	variant: string | null,
	/** Its name. */
	name: string,
	/** Years of what matters most. */
	years: number,
	/** Years in the end. */
	target: number,
	/** What to know before believing a figure. */
	warnings: string[],
	/** By lead time, then by incidents. */
	figures: WhyFigure[],
	/** Where the mean lead time goes, part by part, the longest first. */
	accounts: AccountView[],
	/** Suspects that saved too little in a first trial to be followed. */
	leftOut: number,
};

/** Which year is played. */
export type YearChoice =
/** The middle one by the baseline's mean lead time. */
{ kind: "typical" } |
/** One of ten has a shorter one. */
{ kind: "good" } |
/** One of ten has a longer one. */
{ kind: "bad" } |
/** By its number. */
{ kind: "number";
/** From 1. */
year: number };
