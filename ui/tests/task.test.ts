import { describe, expect, it, vi } from 'vitest';
import type { TaskUpdate } from '../src/lib/host';
import { Task } from '../src/lib/stores/task.svelte';

type Tell = (update: TaskUpdate<number>) => void;

function begun(): { task: Task<number>; tells: Tell[]; cancelTask: ReturnType<typeof vi.fn>; study: { digest: string } } {
  const cancelTask = vi.fn(async () => undefined);
  const study = { digest: 'a' };
  return { task: new Task<number>({ cancelTask }, () => study.digest), tells: [], cancelTask, study };
}

describe('work that takes seconds', () => {
  it('tells how far it is and ends with its result', async () => {
    const { task, tells } = begun();
    await task.begin(async (tell) => tells.push(tell));
    expect(task.phase).toBe('running');
    tells[0]?.({ kind: 'progress', done: 2, total: 5 });
    expect(task.progress).toEqual({ done: 2, total: 5 });
    tells[0]?.({ kind: 'done', result: 41 });
    expect([task.phase, task.result, task.stale]).toEqual(['done', 41, false]);
  });

  it('ignores what an overtaken one still says, and ends it', async () => {
    const { task, tells, cancelTask } = begun();
    await task.begin(async (tell) => tells.push(tell));
    await task.begin(async (tell) => tells.push(tell));
    expect(cancelTask).toHaveBeenCalledWith(1);
    tells[0]?.({ kind: 'done', result: 1 });
    expect(task.phase).toBe('running');
    tells[1]?.({ kind: 'done', result: 2 });
    expect(task.result).toBe(2);
  });

  it('keeps the last result when it is cancelled or fails', async () => {
    const { task, tells } = begun();
    await task.begin(async (tell) => tells.push(tell));
    tells[0]?.({ kind: 'done', result: 7 });
    await task.begin(async (tell) => tells.push(tell));
    task.cancel();
    expect([task.phase, task.result]).toEqual(['done', 7]);
    await task.begin(async (tell) => tells.push(tell));
    tells[2]?.({ kind: 'failed', refusal: { code: 'noResult', message: 'Nothing.', faults: [] } });
    expect([task.phase, task.result]).toEqual(['failed', 7]);
  });

  it('refused at the start, it is over and the refusal is thrown', async () => {
    const { task } = begun();
    await expect(task.begin(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(task.phase).toBe('idle');
  });
});
