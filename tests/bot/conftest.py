import pytest


@pytest.fixture(autouse=True)
def _waits_are_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    # As the command line has it: the library warns each time that it gives a number.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
