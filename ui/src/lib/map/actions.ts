// What can be done with a node or a team of the map: the same in its menu and in the inspector.

import type { Edit, GateForm, LaneView, MapView, NodeView } from '../host';
import { texts } from '../texts';

/** What has to be asked before an edit can be made. */
export interface Question {
  title: string;
  text?: string;
  /** A name is asked for, beginning with this. */
  name?: string;
  /** One of these is chosen. */
  choice?: { label: string; options: { id: string; name: string }[] };
  confirm: string;
  answer: (name: string, choice: string) => Edit;
}

export interface Action {
  id: string;
  label: string;
  keys?: string;
  /** At once, or after a question. */
  edit: Edit | Question;
}

export function isQuestion(edit: Edit | Question): edit is Question {
  return 'answer' in edit;
}

const FORMS: GateForm[] = ['automated', 'manual', 'board'];

export function actionsOf(map: MapView, id: string): Action[] {
  const lane = map.lanes.find((one) => `team/${one.id}` === id);
  if (lane) return ofTeam(lane);
  const node = map.nodes.find((one) => one.id === id);
  return node ? ofNode(map, node) : [];
}

function ofTeam(lane: LaneView): Action[] {
  return [rename(`team/${lane.id}`, lane.name), addTeam(), remove(`team/${lane.id}`)];
}

function ofNode(map: MapView, node: NodeView): Action[] {
  const words = texts.maps.actions;
  switch (node.kind) {
    case 'demand':
      return [insertStage(node.id, true), insertGate(node.id, true), renameStream(map, node), addTeam()];
    case 'stage':
      return [
        rename(node.id, node.name),
        insertStage(node.id, false),
        insertStage(node.id, true),
        insertGate(node.id, true),
        assign(map, node),
        { id: 'earlier', label: words.earlier, edit: { kind: 'shift', node: node.id, later: false } },
        { id: 'later', label: words.later, edit: { kind: 'shift', node: node.id, later: true } },
        { id: 'commit', label: words.commit, edit: { kind: 'commit', node: node.id } },
        remove(node.id),
      ];
    case 'gate':
      return [
        rename(node.id, node.name),
        insertStage(node.id, false),
        insertStage(node.id, true),
        insertGate(node.id, false),
        insertGate(node.id, true),
        assign(map, node),
        { id: 'earlier', label: words.earlier, edit: { kind: 'shift', node: node.id, later: false } },
        { id: 'later', label: words.later, edit: { kind: 'shift', node: node.id, later: true } },
        remove(node.id),
      ];
    case 'tickets':
      return [assign(map, node)];
    default:
      return [insertStage(node.id, false), insertGate(node.id, false)];
  }
}

function rename(node: string, name: string): Action {
  const words = texts.maps.actions;
  return {
    id: 'rename',
    label: words.rename,
    keys: 'F2',
    edit: {
      title: words.renameTitle(name),
      name,
      confirm: words.renameConfirm,
      answer: (given) => ({ kind: 'rename', node, name: given }),
    },
  };
}

function renameStream(map: MapView, node: NodeView): Action {
  const stream = map.streams.find(({ id }) => id === node.stream);
  const action = rename(node.id, stream?.name ?? node.name);
  return { ...action, label: texts.maps.actions.renameStream };
}

function insertStage(beside: string, after: boolean): Action {
  const words = texts.maps.actions;
  return {
    id: after ? 'stage-after' : 'stage-before',
    label: after ? words.stageAfter : words.stageBefore,
    edit: {
      title: words.stageTitle,
      text: words.stageText,
      name: '',
      confirm: words.insert,
      answer: (name) => ({ kind: 'insertStage', beside, after, name }),
    },
  };
}

function insertGate(beside: string, after: boolean): Action {
  const words = texts.maps.actions;
  return {
    id: after ? 'gate-after' : 'gate-before',
    label: after ? words.gateAfter : words.gateBefore,
    edit: {
      title: words.gateTitle,
      text: words.gateText,
      name: '',
      choice: { label: words.gateForm, options: FORMS.map((id) => ({ id, name: words.forms[id] })) },
      confirm: words.insert,
      answer: (name, form) => ({ kind: 'insertGate', beside, after, name, form: form as GateForm }),
    },
  };
}

export function teamsBut(map: MapView, but: string): { id: string; name: string }[] {
  return map.lanes.filter(({ id }) => id !== 'production' && id !== but).map(({ id, name }) => ({ id, name }));
}

function assign(map: MapView, node: NodeView): Action {
  const words = texts.maps.actions;
  return {
    id: 'assign',
    label: words.assign,
    edit: {
      title: words.assignTitle(node.name),
      choice: { label: words.team, options: teamsBut(map, node.lane) },
      confirm: words.assignConfirm,
      answer: (_name, team) => ({ kind: 'assign', node: node.id, team }),
    },
  };
}

function addTeam(): Action {
  const words = texts.maps.actions;
  return {
    id: 'add-team',
    label: words.addTeam,
    edit: { title: words.addTeamTitle, text: words.addTeamText, name: '', confirm: words.add, answer: (name) => ({ kind: 'addTeam', name }) },
  };
}

function remove(node: string): Action {
  return {
    id: 'remove',
    label: texts.maps.actions.remove,
    keys: 'Del',
    edit: { kind: 'remove', node, heir: null, everywhere: false },
  };
}
