// What the window says about the map and what is edited on it.

export const maps = {
  fillLabel: 'What the fill shows',
  fills: {
    share: { name: 'Share of lead time', least: '0', most: '30% +' },
    queue: { name: 'Items waiting', least: '0', most: '32 +' },
    utilisation: { name: 'Utilisation', least: '0', most: '100% +' },
  },
  waiting: (many: string) => `${many} wait`,
  streamLabel: 'Value stream shown',
  allStreams: 'All value streams',
  zoom: 'Size of the map',
  zoomIn: 'Closer',
  zoomOut: 'Further away',
  fit: 'Fit',
  fitLabel: 'Fit the whole map',
} as const;
