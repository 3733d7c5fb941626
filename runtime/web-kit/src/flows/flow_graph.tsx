import { useMemo } from 'react';
import type { FlowMetrics, FlowPage } from '../api/flow_admin_types.ts';
import { useT } from '../i18n/i18n.ts';
import { FlowCanvas } from '../run/flow_canvas.tsx';
import { endId, layOut, startId } from '../run/layout.ts';
import { FlowNodeBox, sizeOfFlowNode } from './flow_node.tsx';

interface FlowGraphProps {
  flow: FlowPage;
  metrics: FlowMetrics | undefined;
}

/** The flow as it is now, with what stands on its nodes and how long they take. */
export function FlowGraph({ flow, metrics }: FlowGraphProps) {
  const t = useT();
  const { nodes, start } = flow.graph;
  const layout = useMemo(() => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    return layOut(nodes, start, (id) => sizeOfFlowNode(id, byId.get(id)));
  }, [nodes, start]);
  return (
    <FlowCanvas
      layout={layout} been={() => false}
      node={(box) => (
        <FlowNodeBox
          key={box.id} box={box} node={nodes.find(({ id }) => id === box.id)}
          figures={metrics?.nodes.find(({ node }) => node === box.id)}
          begun={flow.running + flow.suspended + flow.finished}
          label={box.id === startId ? t('route.submit') : box.id === endId ? t('run.end') : ''}
        />
      )}
    />
  );
}
