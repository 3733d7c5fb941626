// The list a record was opened from: its rows in order, so that the record page can step.

export interface ListMemory {
  object: string;
  href: string;
  label: string;
  ids: string[];
  count: number | null;
}

let memory: ListMemory | null = null;

export const rememberList = (list: ListMemory) => {
  memory = list;
};

export const rememberedList = (object: string): ListMemory | null =>
  (memory?.object === object ? memory : null);
