/** By the kind of a node. */
export const nodeIcons: Record<string, string> = {
  approve: 'sign', task: 'edit', cc: 'mail', notify: 'bell', record: 'page', assign: 'sum',
  decide: 'table', wait: 'clock', subflow: 'branch', condition: 'branch', parallel: 'layers',
  end: 'flag', start: 'send' };
