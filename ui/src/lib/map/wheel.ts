// One listener for the wheel that stays, whatever the flow library does with its own.

/**
 * The library takes its wheel listener off and puts it on again whenever the view moves or the map changes, and
 * WebKit answers each time by styling and laying out the whole document: some 40 ms in which nothing is drawn.
 * Those listeners are kept in a set here, and called by one that is never taken off.
 */
export function steadyWheel(node: HTMLElement): void {
  const add = node.addEventListener.bind(node);
  const remove = node.removeEventListener.bind(node);
  const kept = new Set<EventListenerOrEventListenerObject>();
  add(
    'wheel',
    (event) => {
      for (const listener of [...kept]) {
        if (typeof listener === 'function') listener.call(node, event);
        else listener.handleEvent(event);
      }
    },
    { passive: false },
  );
  node.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void => {
    if (type === 'wheel') kept.add(listener);
    else add(type, listener, options);
  };
  node.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void => {
    if (type !== 'wheel' || !kept.delete(listener)) remove(type, listener, options);
  };
}
