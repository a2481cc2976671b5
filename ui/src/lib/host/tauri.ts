import { Channel } from '@tauri-apps/api/core';
import { getCurrentWindow } from '@tauri-apps/api/window';
import { open, save } from '@tauri-apps/plugin-dialog';
import type { Host } from '.';
import { commands } from './bindings';

declare global {
  interface Window {
    /**
     * Answers for the file dialogs, used one after the other, because a driven test cannot reach a
     * native dialog. Absent in ordinary use.
     */
    __millraceTestPaths?: string[];
  }
}

export function tauriHost(): Host {
  return {
    ...commands,
    describe: (answers, tell) => commands.describe(answers, new Channel(tell)),
    startRun: (onUpdate) => commands.startRun(new Channel(onUpdate)),
    cancelRun: async (run) => void (await commands.cancelRun(run)),
    saveFigure: async (figure, path) => void (await commands.saveFigure(figure, path)),
    startWeighing: (path, theirs, who, tell) => commands.startWeighing(path, theirs, who, new Channel(tell)),
    startReplay: (choice, tell) => commands.startReplay(choice, new Channel(tell)),
    cancelTask: async (task) => void (await commands.cancelTask(task)),
    compare: (whatIfs, tell) => commands.compare(whatIfs, new Channel(tell)),
    paths: (whatIfs, tell) => commands.paths(whatIfs, new Channel(tell)),
    why: (tell) => commands.why(new Channel(tell)),
    rank: (tell) => commands.rank(new Channel(tell)),
    combine: (whatIfs, budget, tell) => commands.combine(whatIfs, budget, new Channel(tell)),
    flip: (whatIf, by, tell) => commands.flip(whatIf, by, new Channel(tell)),
    pickOpenPath: async (title, filters) =>
      window.__millraceTestPaths?.shift() ?? open({ title, filters, multiple: false, directory: false }),
    pickSavePath: async (title, defaultPath, filters) =>
      window.__millraceTestPaths?.shift() ?? save({ title, defaultPath, filters }),
    onClose: async (mayClose) => {
      await getCurrentWindow().onCloseRequested(async (event) => {
        if (!(await mayClose())) event.preventDefault();
      });
    },
    setFullscreen: (on) => getCurrentWindow().setFullscreen(on),
    setTitle: (title) => getCurrentWindow().setTitle(title),
  };
}
