"""The program's start: what happens before it is loaded."""

from __future__ import annotations

import pytest

from scheduler import __main__ as start


def test_ctrl_c_while_it_loads_ends_without_a_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "import_module", interrupted)
    with pytest.raises(SystemExit) as end:
        start.main()
    assert end.value.code == 130
