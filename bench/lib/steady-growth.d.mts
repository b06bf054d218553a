export function steadyGrowth(
  samples: readonly { readonly done: number; readonly bytes: number }[],
  most: number,
):
  | { readonly judged: false }
  | { readonly judged: true; readonly slope: number; readonly grown: number; readonly grows: boolean }
