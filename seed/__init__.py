"""The demo firm: data in `data/` and `playbooks/`, and the generator that builds it in any size."""

from seed.build import BuildReport, build

__all__ = ["BuildReport", "build"]
