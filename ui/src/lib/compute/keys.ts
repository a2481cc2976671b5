export type Command =
  | 'open'
  | 'save'
  | 'saveAs'
  | 'undo'
  | 'redo'
  | 'palette'
  | 'settings'
  | 'keys'
  | 'more'
  | 'nextView'
  | 'previousView';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The command a key press means, with Ctrl or, on a Mac, Command; the sheet of keys answers to ? alone. */
export function shortcut({ key, ctrlKey, metaKey, shiftKey, altKey }: Key): Command | null {
  if (altKey) return null;
  if (!(ctrlKey || metaKey)) return key === '?' ? 'keys' : null;
  switch (key.toLowerCase()) {
    case 'o':
      return 'open';
    case 's':
      return shiftKey ? 'saveAs' : 'save';
    case 'z':
      return shiftKey ? 'redo' : 'undo';
    case 'y':
      return 'redo';
    case 'k':
      return 'palette';
    case 'm':
      return 'more';
    case ',':
      return 'settings';
    case 'pagedown':
      return 'nextView';
    case 'pageup':
      return 'previousView';
    default:
      return null;
  }
}
