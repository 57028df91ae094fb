import { z } from 'zod';

/** What onnxruntime writes of a run: an event a node beside others. */
const eventSchema = z.object({
  cat: z.string(),
  args: z.object({ provider: z.string().optional(), node_index: z.string().optional() }).optional(),
});

/**
 * How many nodes of a model each provider ran, by our names.
 * @param text a profile of onnxruntime, as JSON
 * @throws where it is none
 */
export function nodesByProvider(text: string): Readonly<Record<string, number>> {
  const seen = new Map<string, Set<string>>();
  for (const { cat, args } of z.array(eventSchema).parse(JSON.parse(text))) {
    if (cat !== 'Node' || args?.provider === undefined) continue;
    const name = args.provider.replace(/ExecutionProvider$/, '').toLowerCase();
    seen.set(name, (seen.get(name) ?? new Set()).add(args.node_index ?? String(seen.get(name)?.size)));
  }
  return Object.fromEntries([...seen].map(([name, nodes]) => [name, nodes.size]));
}

/** Each provider's part of the nodes, 0 to 1, to three decimals. */
export function shareOfNodes(nodes: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const total = Object.values(nodes).reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(
    Object.entries(nodes).map(([name, count]) => [name, Math.round((count / total) * 1000) / 1000]),
  );
}
