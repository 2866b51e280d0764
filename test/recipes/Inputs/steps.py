"""steps.py WORKFLOW.yml NAME: the commands of the step (GitHub) or job (GitLab)
that is called NAME."""
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as f:
    flow = yaml.safe_load(f)
if "jobs" in flow:
    steps = [s for j in flow["jobs"].values() for s in j["steps"]]
    (step,) = [s for s in steps if s.get("name") == sys.argv[2]]
    print(step["run"])
else:
    print("\n".join(flow[sys.argv[2]]["script"]))
