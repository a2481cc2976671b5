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
	cancelTask: (task: number) => __TAURI_INVOKE<null>("cancel_task", { task }),
};

/* Types */
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
whole: boolean } |
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
/** Written in the file only. */
{ kind: "listed" };

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
/** Yes or no. */
{ kind: "flag";
/** Which. */
value: boolean } |
/** As the file writes it. */
{ kind: "written";
/** TOML in one line. */
text: string };

/** A team's row. */
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
	/** What it costs and when it acts ("6 person-weeks, full effect after 8 weeks"), if anything. */
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
	/**
	 * One row a team, in the order work first meets them; the last row, `production`, holds release
	 * and production.
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
	/** Its row. */
	lane: string,
	/** Its place from left to right, from 0; several nodes may share a column in different rows. */
	column: number,
	/** One line of facts ("stops 62 of 100 faulty, 9 of 100 sound"). */
	detail: string,
	/** Differs from the baseline, or is not in it. */
	changed: boolean,
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
	/** All variants share it: it is only ever changed in the baseline. */
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

/** A point in axis units. */
export type Point = {
	/** Horizontal. */
	x: number,
	/** Vertical. */
	y: number,
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
/** The study has no file yet: ask for one and call save as. */
"needsPath" |
/** There is no result yet to draw. */
"noResult" |
/** A fault in the program itself. */
"unexpected";

/** Whose numbers a series shows; this alone decides its colour. */
export type Role =
/** The baseline: grey on every screen and page. */
"baseline" |
/** The what-if: the one accent. */
"whatIf";

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
	/** Intervals, warm-up, replications: the details behind the verdict, as label and text. */
	statistics: FactView[],
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
};

/** One message of a task: progress, then how it ended. */
export type TaskUpdate<T> =
/** On its way. */
{ kind: "progress";
/** Parts done. */
done: number;
/** Parts in all, as far as it is known. */
total: number } |
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

/** A shipped study on the start screen. */
export type TemplateView = {
	/** Name to open it by. */
	id: string,
	/** Shown name. */
	name: string,
	/** One sentence. */
	description: string,
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

/** The verdict in fixed words. */
export type VerdictView = {
	/** "Changes arrive in 27 days, not 41; incidents stay the same." */
	sentence: string,
	/** "46 of 50 years better · 40 person-weeks · full effect in week 9". */
	support: string,
	/** How to colour and announce it. */
	tone: Tone,
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
	/** Person-weeks in all. */
	personWeeks: number,
	/** Week in which it starts. */
	startWeek: number,
	/** Weeks from the start until full effect. */
	fullEffectWeeks: number,
};
