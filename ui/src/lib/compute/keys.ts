export type Command = 'open' | 'save' | 'saveAs' | 'undo' | 'redo';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The command a key press means, with Ctrl or, on a Mac, Command. */
export function shortcut({ key, ctrlKey, metaKey, shiftKey, altKey }: Key): Command | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  switch (key.toLowerCase()) {
    case 'o':
      return 'open';
    case 's':
      return shiftKey ? 'saveAs' : 'save';
    case 'z':
      return shiftKey ? 'redo' : 'undo';
    case 'y':
      return 'redo';
    default:
      return null;
  }
}
