import { Empty } from '../../parts/empty.tsx';

export function Overview() {
  return (
    <>
      <header class="page-head">
        <h1>Overview</h1>
      </header>
      <Empty title="What the jobs of this warehouse did" command="siltstone report --all --html report.html" />
    </>
  );
}
