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
	moveLever: (lever: string, position: number, gesture: number) => __TAURI_INVOKE<StudyView>("move_lever", { lever, position, gesture }),
	resetLever: (lever: string) => __TAURI_INVOKE<StudyView>("reset_lever", { lever }),
	study: () => __TAURI_INVOKE<StudyView>("study"),
	/**
	 * Answers the run's number at once; the updates follow through the channel. A window that has gone
	 * cannot be told, and the run does not mind.
	 */
	startRun: (onUpdate: Channel<RunUpdate>) => __TAURI_INVOKE<number>("start_run", { onUpdate }),
	cancelRun: (run: number) => __TAURI_INVOKE<null>("cancel_run", { run }),
	saveFigure: (figure: string, path: string) => __TAURI_INVOKE<null>("save_figure", { figure, path }),
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
};

/* Types */
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

/** A named position. */
export type LeverOption = {
	/** Shown name. */
	label: string,
	/** Why it cannot be taken now, with its way out, if so ("Needs alerts (you have dashboards)"). */
	refused: string | null,
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

/** A point in axis units. */
export type Point = {
	/** Horizontal. */
	x: number,
	/** Vertical. */
	y: number,
};

/** A what-if that is proposed. */
export type ProposalView = {
	/** Its name. */
	name: string,
	/** The answer behind it. */
	because: string,
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
