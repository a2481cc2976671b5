// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { answersOf, daysOf, numberOf, open, type Entered } from '../src/lib/compute/describe';
import type { Host } from '../src/lib/host';
import { mockHost } from '../src/lib/host/mock';
import { Workbench } from '../src/lib/stores/workbench.svelte';

const entered: Entered = {
  people: '40',
  changes: '22',
  usual: { text: '6', unit: 'weeks' },
  bad: { text: '2', unit: 'months' },
  rhythm: 'monthly',
  incidents: '1,5',
  endless: false,
};

describe('what was typed', () => {
  it('is read with a point or a comma, and nothing is no number', () => {
    expect([numberOf(' 1,5 '), numberOf('1.5'), numberOf('1 200'), numberOf(''), numberOf('six')]).toEqual([1.5, 1.5, 1200, null, null]);
  });

  it('is counted in days', () => {
    expect(daysOf({ text: '6', unit: 'weeks' })).toBe(42);
    expect(daysOf({ text: '12', unit: 'hours' })).toBe(0.5);
    expect(daysOf({ text: '', unit: 'days' })).toBeNull();
  });

  it('leaves out what is not known, whatever stands in the field', () => {
    const answers = answersOf(entered, new Set(['people', 'bad']), { pace: 1, waitsAt: null });
    expect(answers).toMatchObject({ people: null, badDays: null, usualDays: 42, incidentsPerMonth: 1.5, endless: false, pace: null });
  });

  it('is complete when every question has an answer or is not known', () => {
    expect(open(entered, new Set())).toEqual([]);
    expect(open({ ...entered, rhythm: null, people: '' }, new Set(['people']))).toEqual(['rhythm']);
  });
});

let app: Record<string, unknown> | undefined;
let bench: Workbench;
let host: Host;
const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const text = (id: string) => find(id)?.textContent?.trim() ?? '';

beforeEach(async () => {
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
  host = mockHost();
  bench = new Workbench(host);
  app = mount(App, { target: document.body, props: { bench } });
  await bench.begin();
  flushSync();
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.innerHTML = '';
});

function type(id: string, value: string): void {
  const input = find(id) as HTMLInputElement;
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function press(id: string): void {
  find(id)?.click();
  flushSync();
}

function answerAll(): void {
  press('door-describe');
  for (const [id, value] of [['people', '40'], ['changes', '22'], ['usual', '6'], ['bad', '9'], ['incidents', '3']] as const) {
    type(`answer-${id}`, value);
  }
  press('rhythm-monthly');
  press('endless-no');
}

describe('describing', () => {
  it('begins only when nothing is open, and leads by the mirror to the workbench', async () => {
    press('door-describe');
    expect((find('describe-begin') as HTMLButtonElement).disabled).toBe(true);
    press('back-to-start');
    answerAll();
    expect((find('describe-begin') as HTMLButtonElement).disabled).toBe(false);
    press('describe-begin');
    await vi.waitFor(() => expect(text('mirror-times')).toContain('You said about 6 weeks'));
    press('mirror-yes');
    await vi.waitFor(() => expect(bench.screen).toBe('bench'));
    expect(bench.study?.dirty).toBe(true);
  });

  it('refits by what the mirror is told, slower for too fast', async () => {
    const asked = vi.spyOn(host, 'describe');
    answerAll();
    press('describe-begin');
    await vi.waitFor(() => expect(find('mirror-fast')).not.toBeNull());
    press('mirror-fast');
    await vi.waitFor(() => expect(find('mirror-elsewhere')).not.toBeNull());
    expect(asked.mock.lastCall?.[0].pace).toBeCloseTo(1.2);
    press('mirror-elsewhere');
    press('place-board');
    await vi.waitFor(() => expect(text('mirror-waiting')).toContain('board'));
    expect(asked.mock.lastCall?.[0]).toMatchObject({ waitsAt: 'board', pace: 1.2 });
  });

  it('shows a contradiction beside its question, with the way out', async () => {
    answerAll();
    type('answer-bad', '5');
    press('describe-begin');
    await vi.waitFor(() => expect(text('fault-bad')).toContain('The bad time is the longer one'));
    expect(find('mirror-yes')).toBeNull();
  });

  it('does not open what belongs to other answers', async () => {
    answerAll();
    press('describe-begin');
    await vi.waitFor(() => expect(find('mirror-yes')).not.toBeNull());
    press('rhythm-weekly');
    expect((find('mirror-yes') as HTMLButtonElement).disabled).toBe(true);
  });
});

describe('the assessment', () => {
  it('proposes by what was answered and opens as a study', async () => {
    press('door-assess');
    await vi.waitFor(() => expect(find('assess-policies-0')).not.toBeNull());
    press('assess-policies-0');
    await vi.waitFor(() => expect(text('proposals')).toContain('What answers policies'));
    expect(text('assess-answered')).toBe('1 of 3 answered');
    press('assess-open');
    await vi.waitFor(() => expect(bench.screen).toBe('bench'));
  });
});

describe('advice', () => {
  it('is counted, and a fix becomes a what-if', async () => {
    press('template-siloed');
    await vi.waitFor(() => expect(text('advice')).toBe('Advice (2)'));
    press('advice');
    press('take-alike/change-approval');
    await vi.waitFor(() => expect(bench.study?.whatIfs[0]?.name).toBe('Approve medium and high risk only'));
  });
});
