// What Ctrl-K finds: every command, view, what-if, lever, number and study.

import type { RecentView } from '../host';
import type { Theme } from '../stores/theme.svelte';
import type { Workbench } from '../stores/workbench.svelte';
import { texts } from '../texts';
import { VIEWS } from '../views/registry';

export interface Entry {
  id: string;
  kind: keyof typeof texts.more.palette.kinds;
  label: string;
  detail: string;
  /** Further words it is found by. */
  more: string;
  keys?: string;
  act: () => unknown;
}

type Kind = Entry['kind'];

function entry(kind: Kind, id: string, label: string, act: () => unknown, detail = '', more = '', keys?: string): Entry {
  return { id: `${kind}-${id}`, kind, label, detail, more, act, ...(keys && { keys }) };
}

function commands(bench: Workbench, theme: Theme): Entry[] {
  const t = texts.more.commands;
  const command = (id: string, label: string, act: () => unknown, keys?: string) => entry('command', id, label, act, '', '', keys);
  const anywhere = [
    command('open', t.open, () => bench.open(), 'Ctrl O'),
    command('start', t.start, () => (bench.screen = 'start')),
    command('settings', t.settings, () => (bench.panel = { kind: 'settings' }), 'Ctrl ,'),
    command('keys', t.keys, () => (bench.panel = { kind: 'keys' }), '?'),
    command('theme', theme.colours === 'dark' ? t.light : t.dark, () => theme.toggle()),
  ];
  const { study } = bench;
  if (!study || bench.screen !== 'bench') return anywhere;
  return [
    command('save', t.save, () => bench.save(), 'Ctrl S'),
    command('save-as', t.saveAs, () => bench.saveAs(), 'Ctrl ⇧ S'),
    ...(study.undo === null ? [] : [command('undo', texts.bar.undoOf(study.undo), () => bench.undo(), 'Ctrl Z')]),
    ...(study.redo === null ? [] : [command('redo', texts.bar.redoOf(study.redo), () => bench.redo(), 'Ctrl ⇧ Z')]),
    command('add-what-if', t.addWhatIf, () => bench.addWhatIf()),
    command('colleague', t.colleague, () => bench.openColleague()),
    command('more', t.more, () => bench.showMore(''), 'Ctrl M'),
    command('tour', t.tour, () => (bench.panel = { kind: 'tour' })),
    ...anywhere,
  ];
}

function ofStudy(bench: Workbench): Entry[] {
  const { study } = bench;
  if (!study || bench.screen !== 'bench') return [];
  return [
    ...VIEWS.map((view) => entry('view', view.id, texts.views[view.id], () => (bench.view = view.id))),
    entry('whatIf', 'baseline', texts.tabs.baseline, () => bench.select(null)),
    ...study.whatIfs.map((one) => entry('whatIf', one.id, one.name, () => bench.select(one.id), one.changes.join(' · '))),
    ...study.parts.flatMap((part) =>
      part.levers.map((lever) => entry('lever', lever.id, lever.label, () => bench.showLever(lever.id), lever.value, `${part.name} ${lever.help}`)),
    ),
    ...bench.parameters.list.map((one) =>
      entry('parameter', one.path, one.label, () => bench.showMore(one.path), [one.subject || one.section, one.text].filter(Boolean).join(' · '), `${one.section} ${one.path}`),
    ),
  ];
}

export function entries(bench: Workbench, theme: Theme, recent: RecentView[]): Entry[] {
  return [
    ...commands(bench, theme),
    ...ofStudy(bench),
    ...recent.filter((one) => one.there).map((one) => entry('recent', one.path, one.name, () => bench.openPath(one.path), one.path)),
    ...bench.templates.map((one) => entry('study', one.id, one.name, () => bench.openTemplate(one.id), one.description)),
  ];
}
