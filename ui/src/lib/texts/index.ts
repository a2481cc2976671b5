// Every text the window itself says. Results, names and faults arrive from the host as text.

import { count, rounded } from '../format';
import { combine } from './combine';
import { compare } from './compare';
import { describe } from './describe';
import { film } from './film';
import { flip } from './flip';
import { maps } from './maps';
import { more } from './more';
import { present } from './present';
import { rank } from './rank';
import { replay } from './replay';
import { why } from './why';

const WEEKS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

function releaseOf(days: number | null): string {
  const weeks = Math.round((days ?? 0) / 7);
  if (weeks < 1) return 'a release';
  return `${weeks === 8 || weeks === 11 ? 'an' : 'a'} ${WEEKS[weeks] ?? count(weeks)}-week release`;
}

export const texts = {
  app: 'Millrace',
  combine,
  compare,
  describe,
  film,
  flip,
  maps,
  more,
  present,
  rank,
  replay,
  why,

  views: {
    label: 'Views',
    workbench: 'Workbench',
    compare: 'Compare',
    why: 'Why',
    rank: 'Rank',
    combine: 'Combine',
    flip: 'Flip',
    replay: 'Replay',
    present: 'Present',
  },

  said: {
    label: 'What else holds',
    shows: (view: string) => `Shows its numbers: ${view}`,
    showsIn: (view: string, sentence: string) => `${view}: ${sentence}`,
  },

  task: {
    begin: 'Work it out',
    again: 'Work it out again',
    cancel: 'Cancel',
    progress: (done: number, total: number) => `${count(done)} of ${count(total)} done`,
    starting: 'Starting…',
    stale: 'The study has changed since.',
  },

  start: {
    title: 'What if we changed how we deliver software?',
    lead: 'Millrace plays the same year a thousand times with different luck, and shows what would change, how sure that is, and why.',
    /** The time is the study's own, in weeks. */
    watch: (days: number | null) => `Watch ${releaseOf(days)}`,
    watchSentence: 'A year in an organisation where everyone works hard and changes take weeks. Then guess what would help.',
    watchTime: '60 seconds',
    describe: 'Describe ours',
    describeSentence: 'Six numbers and one question, roughly. The model fits itself to them, and you say whether it is you.',
    describeTime: '6 minutes',
    assess: 'Answer thirteen questions instead',
    templates: 'Or begin with an organisation like yours',
    within: (days: number) => (days < 1.5 ? `85 of 100 changes within ${rounded(days * 24)} hours` : `85 of 100 changes within ${rounded(days)} days`),
    recent: 'Open before',
    open: 'Open a study file…',
    back: (name: string) => `Back to ${name}`,
    loading: 'Loading…',
  },

  bar: {
    menu: 'Study',
    unsaved: 'Not saved',
    newStudy: 'New from a template…',
    open: 'Open',
    openLong: 'Open…',
    save: 'Save',
    saveAs: 'Save as…',
    undo: 'Undo',
    redo: 'Redo',
    undoOf: (what: string | null) => (what ? `Undo: ${what}` : 'Nothing to undo'),
    redoOf: (what: string | null) => (what ? `Redo: ${what}` : 'Nothing to redo'),
    dark: 'Dark colours',
    light: 'Light colours',
  },

  tabs: {
    label: 'Baseline and what-ifs',
    baseline: 'Baseline',
    add: 'Add a what-if',
    newName: (number: number) => `What-if ${number}`,
    actions: (name: string) => `Actions for ${name}`,
    rename: 'Rename',
    duplicate: 'Duplicate',
    remove: 'Remove',
    nameField: 'Name of the what-if',
    weeks: (personWeeks: number, fullEffect: number) =>
      `${rounded(personWeeks)} person-weeks, in place from week ${rounded(fullEffect)}`,
    nothingChanged: 'Nothing changed yet: move a lever',
    baselineHint: 'As things are today. Moving a lever starts a what-if.',
    by: (name: string) => `Proposed by ${name}`,
  },

  levers: {
    label: 'Levers',
    asToday: 'as today',
    reset: (label: string) => `Reset ${label} to the baseline`,
    source: (source: string) => (source === 'assumption' ? 'Assumed' : `Source: ${source}`),
    free: 'No price stated',
  },

  verdict: {
    label: 'Verdict',
    waiting: 'Simulating the first years…',
    baseline: 'Baseline',
    peek: 'Baseline, while B is held',
    peekSentence: 'The baseline, without the what-if.',
    warnings: (more: number) => `and ${count(more)} more`,
    warningsLabel: 'Warnings',
    why: 'Why?',
    whyHint: (name: string) => `Why: where the time goes, and who makes it so: ${name}`,
    allStreams: 'all value streams together',
    tones: {
      baseline: 'as things are',
      early: 'too early to say',
      better: 'better',
      worse: 'worse',
      mixed: 'better and worse',
      cannotTell: 'cannot tell from luck',
      tooSmall: 'too small to matter',
    },
  },

  run: {
    running: (done: number, target: number) => `running, ${count(done)} of ${count(target)} years`,
    settled: (done: number) => `settled, ${count(done)} years`,
    idle: (done: number) => `idle, ${count(done)} years`,
  },

  map: {
    title: 'How work flows',
    fill: 'Share of lead time',
    none: '0',
    most: '30% +',
    rework: 'sent back',
    ticket: 'ticket',
    incident: 'incident',
    busy: (share: string) => `${share} busy`,
    label: 'The value stream over its teams',
    changed: 'changed',
  },

  result: {
    leadTime: '85 of 100 changes within',
    dora: 'Five delivery metrics',
    better: 'better',
    worse: 'worse',
    beyond: (many: number) => `${count(many)} beyond`,
    pending: 'The first results take a moment.',
  },

  lower: {
    label: 'More charts',
    'where-time-goes': 'Where the time goes',
    utilisation: 'Utilisation',
    wip: 'Work in progress',
    other: (many: number) => (many === 1 ? 'one more' : `${count(many)} more`),
    worked: (sum: string, work: string) => `${sum}, work ${work}`,
  },

  chart: {
    save: 'Save chart',
    saveOf: (title: string) => `Save chart: ${title}`,
    saved: (path: string) => `Chart saved to ${path}`,
  },

  footer: {
    assumed: (assumed: number, total: number) => `Assumed: ${count(assumed)} of ${count(total)} numbers`,
    backTest: 'Not yet checked against your records',
    replications: (many: number) => `${count(many)} simulated years`,
    seed: (seed: string) => `Seed ${seed}`,
    statistics: 'Statistics',
    group: (metric: string) => `Published DORA group, ${metric.toLowerCase()}`,
    noStatistics: 'No results yet.',
    peek: 'Hold B to see the baseline',
  },

  files: {
    studyKind: 'Millrace study',
    openTitle: 'Open a study file',
    saveTitle: 'Save the study',
    chartTitle: 'Save the chart',
    png: 'PNG picture',
    svg: 'SVG drawing',
    csv: 'CSV numbers',
  },

  notices: {
    saved: (path: string) => `Saved to ${path}`,
    faultsTitle: (many: number) => (many === 1 ? 'One fault in the file' : `${count(many)} faults in the file`),
    faultsKeep: 'The open study is untouched.',
    line: (line: number) => `line ${count(line)}`,
    close: 'Close',
    dismiss: 'Dismiss',
    unsavedTitle: (name: string) => `Save the changes to “${name}”?`,
    unsavedText: 'They are lost otherwise.',
    discard: 'Do not save',
    cancel: 'Cancel',
    save: 'Save',
    unexpected: (what: string) => `Something went wrong: ${what}`,
  },
} as const;
